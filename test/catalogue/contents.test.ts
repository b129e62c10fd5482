import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { defaultRetention } from "../../src/model/run/retention.ts";
import { bothDatabases, newCatalogue, type TestCatalogue } from "../support/catalogues.ts";
import { edit, publish } from "../support/curate.ts";
import { guardsOff, newHarvest } from "../support/harvest.ts";
import { flattened, importAids, madeAid, planCreations, stageAids, startRun, testNow } from "../support/made-aids.ts";

const marie = { by: "marie", now: testNow };
const record = (id: string, titre = `Aide ${id}`) => ({ id, titre, lien: `https://exemple.fr/${id}`, texte: `<p>Pour ${id}</p>` });

describe.each(bothDatabases)("$title: contents", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    /** References without content, and contents without reference. */
    async function faults(): Promise<unknown[]> {
      const references = sql`(
        select content_id as id, 'source' as place from aid_sources union all select content_id, 'planned' from planned_aids
        union all select content_id, 'staged' from staged_aids union all select last_content, 'change' from changes where last_content is not null
        union all select next_content, 'change' from changes where last_content is not null
        union all select last_content, 'history' from aid_history where last_content is not null
        union all select next_content, 'history' from aid_history where last_content is not null)`;
      return catalogue.store.rows(sql`
        select place, id::text as id from ${references} lost where not exists (select from contents where contents.id = lost.id)
        union all select 'unused', id::text from contents where id not in (select id from ${references} used)
        union all select 'aid without source', aid_id::text from aids where aid_id not in (select aid_id from aid_sources)
        union all select 'source without aid', aid_id::text from aid_sources where aid_id not in (select aid_id from aids)
        union all select 'content of another aid', id::text from aid_sources source join contents on id = content_id where source.aid_id <> contents.aid_id`);
    }

    test("are used as long as they exist, whatever runs and people do", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      await harvest.day(["a", "b", "c", "d"].map((id) => record(id)));
      expect(await faults()).toEqual([]);
      const a = { connector: harvest.connector, externalId: "a" };
      await edit(catalogue, a, { recurrence: "ongoing", targetedAudiences: ["commune"] });
      await publish(catalogue, a);
      const changed = await harvest.day([record("a", "Aide A"), record("b", "Aide B"), { ...record("c"), note: "x" }, record("e")]);
      expect(changed.counts).toMatchObject({ updated: 2, created: 1 });
      expect(await faults()).toEqual([]);
      const plan = await catalogue.plans.find(changed.planId ?? "");
      const undo = plan === null ? null : await undoRun(catalogue, marie, plan);
      if (undo === null || "refused" in undo) throw new Error("the run cannot be undone");
      await applyActs(catalogue, undo.planId, marie, false);
      expect(await faults()).toEqual([]);
      expect(await harvest.aid("b")).toMatchObject({ name: "Aide b" });

      const { planId } = await harvest.day([{ ...record("b", "Aide B"), fin: "2027-01-01" }, record("f"), record("g")], { dryRun: true });
      expect(await faults()).toEqual([]);
      const person = { token: null, now: testNow, appliedBy: "marie" };
      await catalogue.plans.apply(planId ?? "", { ...person, part: { fields: ["name"] } });
      expect(await faults()).toEqual([]);
      const [f] = (await flattened(catalogue.plans.changes(planId ?? ""))).filter(({ externalId }) => externalId === "f");
      await catalogue.plans.apply(planId ?? "", { ...person, part: { aids: [f?.aidId ?? ""] } });
      await catalogue.plans.close(planId ?? "", "discarded", marie);
      expect(await faults()).toEqual([]);
      expect(await harvest.aid("b")).toMatchObject({ name: "Aide B", submissionDeadline: null });
      // The same aids under new identifiers.
      await harvest.day(["a", "b", "c", "d", "e", "f"].map((id) => ({ ...record(id), id: `nouvelle-${id}` })));
      expect(await faults()).toEqual([]);
    });

    test("of a run that was interrupted are deleted by the connector's next run, or by prune", async () => {
      await importAids(catalogue, "region-essai", [madeAid("1")]);
      const run = await startRun(catalogue, "region-essai");
      await stageAids(catalogue, run, [madeAid("1", {}, "2"), madeAid("2")]);
      await catalogue.store.rows(sql`truncate staged_aids`);
      expect(await faults()).toHaveLength(2);
      const next = await startRun(catalogue, "region-essai");
      expect(await faults()).toEqual([]);
      await stageAids(catalogue, next, [madeAid("3")]);
      await catalogue.store.rows(sql`truncate staged_aids`);
      await catalogue.store.rows(
        sql`update runs set state = 'ended', outcome = 'failed', started_at = '2026-01-01' where id = ${next.runId}::uuid`,
      );
      const pruned = await flattened(pages(catalogue.retention.prune(defaultRetention, testNow)));
      expect(pruned.filter(({ kind }) => kind === "staged").reduce((sum, { count }) => sum + count, 0)).toBe(1);
      expect(await faults()).toEqual([]);
    });

    test("of a run in progress are not pruned", async () => {
      const run = await startRun(catalogue, "region-en-cours");
      await catalogue.store.rows(sql`update runs set started_at = '2026-01-01' where id = ${run.runId}::uuid`);
      const planId = await planCreations(catalogue, run, [madeAid("1")]);
      await flattened(pages(catalogue.retention.prune(defaultRetention, testNow)));
      await catalogue.plans.apply(planId, { ...run, now: testNow, appliedBy: "run" });
      expect(await faults()).toEqual([]);
    });
  });
});

async function* pages<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  for await (const item of items) yield [item];
}
