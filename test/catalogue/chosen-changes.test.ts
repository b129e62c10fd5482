import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChangeFilter } from "../../src/catalogue/plans/plan-part.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { noCounts, testNow } from "../support/made-aids.ts";

const fields = (names: readonly string[]) =>
  JSON.stringify(Object.fromEntries(names.map((name) => [name, { last: null, current: null, incoming: "x", action: "apply" }])));

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`the changes of a plan that a filter selects, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    let planId: string;
    let otherPlan: string;

    /** Makes a plan of 90 changes, in another order than that of their ids: even ids change a date, every third one a text (too). */
    async function makePlan(): Promise<string> {
      const plan = randomUUID();
      await catalogue.plans.open({ planId: plan, origin: "curator", connector: "c", madeBy: "Marie", asked: {}, now: testNow });
      await catalogue.store.rows(sql`
        insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields, part)
        select ${plan}::uuid, gen_random_uuid(), number::text, case when number % 10 = 0 then 'withdraw' else 'update' end, 1,
          case when number % 6 = 0 then ${fields(["submissionDeadline", "description"])} when number % 2 = 0 then ${fields(["submissionDeadline"])}
            when number % 3 = 0 then ${fields(["description"])} else '{}' end::jsonb, case when number < 20 then 1 end
        from generate_series(99, 10, -1) number`);
      await catalogue.plans.finish(plan, { counts: noCounts, guards: [], waits: true });
      return plan;
    }

    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      [planId, otherPlan] = [await makePlan(), await makePlan()];
    });
    afterAll(() => catalogue.drop());

    async function chosen(filter: ChangeFilter, limit: number, offset = 0, most = 1000) {
      const { changes, count } = await catalogue.planPages.changes(planId, filter, { limit, offset }, most);
      return { ids: changes.map(({ externalId }) => Number(externalId)), count };
    }

    test("changes of a field are listed by external id, in pages, without those of other plans", async () => {
      expect(await chosen({ fields: ["submissionDeadline"] }, 4)).toEqual({ ids: [10, 12, 14, 16], count: 45 });
      expect(await chosen({ fields: ["submissionDeadline"] }, 4, 42)).toEqual({ ids: [94, 96, 98], count: 45 });
      expect(await chosen({ fields: ["submissionDeadline", "description"] }, 5)).toEqual({ ids: [10, 12, 14, 15, 16], count: 60 });
      expect(await chosen({ fields: ["contact"] }, 5)).toEqual({ ids: [], count: 0 });
      await catalogue.store.rows(sql`update changes set fields = '{}' where plan_id = ${otherPlan}::uuid`);
      expect(await chosen({ fields: ["description"] }, 100)).toMatchObject({ count: 30 });
    });

    test("changes are counted only up to the requested maximum", async () => {
      expect(await chosen({ fields: ["submissionDeadline"] }, 2, 0, 7)).toEqual({ ids: [10, 12], count: 7 });
      expect(await chosen({ fields: ["submissionDeadline"] }, 5, 5, 7)).toEqual({ ids: [20, 22], count: 7 });
      expect(await chosen({}, 2, 3, 5)).toEqual({ ids: [13, 14], count: 5 });
    });

    test("a field can be combined with a kind, with words and with remaining changes", async () => {
      expect(await chosen({ fields: ["description"], kinds: ["withdraw"] }, 9)).toEqual({ ids: [30, 60, 90], count: 3 });
      expect(await chosen({ fields: ["description"], isLeft: false }, 9)).toEqual({ ids: [12, 15, 18], count: 3 });
      expect(await chosen({ fields: ["description"], words: "42" }, 9)).toEqual({ ids: [42], count: 1 });
      expect(await chosen({ fields: ["description"], words: "43" }, 9)).toEqual({ ids: [], count: 0 });
    });
  });
}
