import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ForgettingServices, forgetPeople } from "../../src/catalogue/forgetting/forget-people.ts";
import { referToContents } from "../../src/catalogue/plans/refer-to-contents.ts";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { decideChange } from "../../src/ingest/plan/decide-change.ts";
import { filledContentJson } from "../../src/model/aid/filled-content.ts";
import type { Change, FieldChange, StoredAid } from "../../src/model/plan/plan.ts";
import { defaultRetention } from "../../src/model/run/retention.ts";
import { readPerson } from "../../src/privacy/person.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { answer, edit, publish } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { flattened, madeAid, madeContent, madeEdit, madeRules, testNow } from "../support/made-aids.ts";

const marie = { by: "marie", now: testNow };
const person = { token: null, now: testNow, appliedBy: "marie" };
/** A text of some thousand characters. */
const long = (word: string) => `<p>${`${word} `.repeat(700).trim()}</p>`;
const record = (texte: string, more: object = {}) => ({ id: "a", titre: "Des haies", lien: "https://exemple.fr/a", texte, ...more });

describe.each(testedDatabases)("$title: changes that refer to contents", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    async function fieldsOf(planId: string | null): Promise<Change["fields"][]> {
      return (await flattened(catalogue.plans.changes(planId ?? ""))).map(({ fields }) => fields);
    }

    /** Returns the tables with these texts, and the number of rows. */
    async function placesOf(text: string): Promise<Record<string, number>> {
      const places: Record<string, number> = {};
      for (const table of ["aids", "contents", "changes", "aid_history"]) {
        const { count } = await catalogue.store.row<{ count: number }>(
          sql`select count(*)::int as count from ${sql.identifier(table)} held where position(${text} in held::text) > 0`,
        );
        if (count > 0) places[table] = count;
      }
      return places;
    }

    test("a change has the same fields after it was stored, whatever its layers", async () => {
      const text = fc.oneof(
        fc.constant(null),
        fc.string({ maxLength: 8 }),
        fc.integer({ min: 400, max: 900 }).map((length) => "é".repeat(length)),
      );
      const list = fc.array(fc.string({ minLength: 1, maxLength: 300 }), { maxLength: 3 });
      const content = fc.record({ description: text, eligibility: text, keywords: list, name: fc.constantFrom("Un", "n".repeat(600)) });
      const layer = fc.record({ description: text, eligibility: text, keywords: list }, { requiredKeys: [] });
      const aid = fc.record({
        imported: content,
        kept: layer,
        edits: layer,
        status: fc.constantFrom("published" as const, "reviewable" as const),
      });
      const rules = madeRules({ keywords: "fill" }, ["eligibility"]);
      const property = fc.asyncProperty(fc.array(fc.tuple(aid, content), { minLength: 1, maxLength: 30 }), async (pairs) => {
        const rows = pairs.flatMap(([{ imported, kept, edits, status }, incoming], index) => {
          const edited = Object.fromEntries(Object.entries(edits).map(([field, value]) => [field, madeEdit(value)]));
          const stored = storedAid({ imported: madeContent(imported), kept, edits: edited, status });
          const staged = madeAid(String(index), incoming);
          const change = decideChange({ ...staged, externalId: stored.externalId }, stored, rules);
          if (typeof change === "string") return [];
          const pair = { staged, stored, contents: { last: 1, next: 2 } };
          const last = JSON.parse(filledContentJson(stored.imported));
          return [{ change, written: referToContents(change, pair), last, next: JSON.parse(filledContentJson(staged.content)) }];
        });
        const read = await catalogue.store.rows<{ fields: unknown }>(sql`
          select change_fields(row -> 'written' -> 'fields', case when row -> 'written' ? 'lastContent' then row -> 'last' end, row -> 'next') as fields
          from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as given (row, place) order by place`);
        expect(read.map(({ fields }) => fields)).toEqual(rows.map(({ change }) => JSON.parse(JSON.stringify(change.fields))));
      });
      await fc.assert(property, { numRuns: 20 });
    });

    test("a long text is stored once for its aid, plan and history, and shown in all of them", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([record(long("chêne"))]);
      const { planId } = await harvest.day([record(long("hêtre"))]);
      expect(await placesOf("chêne")).toEqual({ contents: 1 });
      expect(await placesOf("hêtre")).toEqual({ contents: 1 });
      // The former content has lost the values that did not change.
      expect(await placesOf("https://exemple.fr/a")).toEqual({ contents: 1 });
      const description = { last: long("chêne"), current: long("chêne"), incoming: long("hêtre"), action: "apply" };
      expect(await fieldsOf(planId)).toEqual([{ description }]);
      const [, update] = await catalogue.history.list((await harvest.aid("a")).aidId);
      expect(update?.fields).toEqual({ description });
      expect((await catalogue.aidTraces.facts(await hitOf(harvest.connector))).revisions[1]?.fields).toEqual({ description });
    });

    test("a short text keeps no former content", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([record("<p>Le charme.</p>")]);
      await harvest.day([record("<p>Le tilleul.</p>")]);
      expect(await placesOf("charme")).toEqual({ changes: 1, aid_history: 1 });
    });

    test("a proposal keeps the former text once more, and an answer and an undo find it", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const a = { connector: harvest.connector, externalId: "a" };
      await harvest.day([record(long("érable"))]);
      await edit(catalogue, a, { recurrence: "ongoing", targetedAudiences: ["commune"] });
      await publish(catalogue, a);
      const { planId } = await harvest.day([record(long("frêne"))]);
      expect(await placesOf("érable")).toEqual({ contents: 1, aids: 1 });
      const [fields] = await fieldsOf(planId);
      const kept: Partial<FieldChange> = { last: long("érable"), current: long("érable"), incoming: long("frêne"), action: "propose" };
      expect(fields?.description).toMatchObject({ ...kept, after: { kept: long("érable"), proposal: {} } });
      expect(await harvest.aid("a")).toMatchObject({ description: long("érable") });

      const again = await harvest.day([record(long("saule"))]);
      const [second] = await fieldsOf(again.planId);
      expect(second?.description).toMatchObject({
        last: long("frêne"),
        current: long("érable"),
        incoming: long("saule"),
        before: { kept: long("érable") },
        after: { kept: long("érable") },
      });
      await undo(again.planId);
      expect((await flattened(catalogue.aids.curated(a)))[0]).toMatchObject({
        imported: { description: long("frêne") },
        kept: { description: long("érable") },
      });
      await answer(catalogue, a, "accept");
      expect(await harvest.aid("a")).toMatchObject({ description: long("frêne") });
    });

    test("parts of a change and their undo take the right values", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([record(long("aulne"), { motsCles: ["a"] })]);
      const { planId } = await harvest.day([record(long("bouleau"), { motsCles: ["b"] })], { dryRun: true });
      await catalogue.plans.apply(planId ?? "", { ...person, part: { fields: ["keywords"] } });
      expect(await harvest.aid("a")).toMatchObject({ description: long("aulne"), keywords: ["b"] });
      expect(await fieldsOf(planId)).toMatchObject([{ keywords: {} }, { description: { last: long("aulne"), incoming: long("bouleau") } }]);
      await catalogue.plans.apply(planId ?? "", person);
      expect(await harvest.aid("a")).toMatchObject({ description: long("bouleau"), keywords: ["b"] });
      await undo(planId);
      expect(await harvest.aid("a")).toMatchObject({ description: long("aulne"), keywords: ["a"] });
    });

    test("contents live as long as the changes of a discarded plan, and those in the history for ever", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day([record(long("noyer"))]);
      const { planId } = await harvest.day([record(long("cormier"))], { dryRun: true });
      await harvest.day([record(long("alisier"))]);
      await catalogue.plans.close(planId ?? "", "discarded", marie);
      expect(await fieldsOf(planId)).toMatchObject([{ description: { last: long("noyer"), incoming: long("cormier") } }]);
      const soon = new Date(testNow.getTime() + 400 * 86_400_000);
      for await (const _ of catalogue.retention.prune(defaultRetention, soon));
      expect(await fieldsOf(planId)).toEqual([]);
      expect(await placesOf("cormier")).toEqual({});
      const [, update] = await catalogue.history.list((await harvest.aid("a")).aidId);
      expect(update?.fields).toMatchObject({ description: { last: long("noyer"), incoming: long("alisier") } });
    });

    test("forgetting a person cleans former contents, and waiting plans and undos bring nobody back", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const her = (word: string) => `${long(word)}<p>Solveig Tartempion</p>`;
      await harvest.day([record(her("orme"))]);
      const { planId } = await harvest.day([record(her("cyprès"))]);
      const waiting = await harvest.day([record(her("mélèze"))], { dryRun: true });
      expect(await placesOf("Tartempion")).toEqual({ contents: 3 });
      const solveig = readPerson("Solveig TARTEMPION");
      if (solveig === null) throw new Error("no person");
      const reader: ForgettingServices["reader"] = {
        contents: async function* (part) {
          yield part.open();
        },
        records: () => null,
      };
      await forgetPeople([solveig], { catalogue, key: "a key of the tests", reader }, { ...marie, note: "erased" });
      expect(await placesOf("Tartempion")).toEqual({});
      expect((await fieldsOf(planId))[0]?.description?.last).toContain("orme");
      await catalogue.plans.apply(waiting.planId ?? "", person);
      expect((await harvest.aid("a")).description).toContain("mélèze");
      await undo(waiting.planId);
      expect((await harvest.aid("a")).description).toContain("cyprès");
      expect(await placesOf("Tartempion")).toEqual({});
    });

    async function undo(planId: string | null): Promise<void> {
      const plan = await catalogue.plans.find(planId ?? "");
      const made = plan === null ? null : await undoRun(catalogue, marie, plan);
      if (made === null || "refused" in made) throw new Error("the run cannot be undone");
      await applyActs(catalogue, made.planId, marie, false);
    }

    async function hitOf(connector: string) {
      const [hit] = await catalogue.aidTraces.find(`${connector}/a`);
      if (hit === undefined) throw new Error("no hit");
      return hit;
    }
  });
});

function storedAid(given: Pick<StoredAid, "imported" | "kept" | "edits" | "status">): StoredAid {
  return {
    aidId: "00000000-0000-5000-8000-000000000000",
    externalId: "a",
    revision: 1,
    withdrawnAt: null,
    withdrawnBy: null,
    proposals: {},
    fingerprint: "",
    ...given,
  };
}
