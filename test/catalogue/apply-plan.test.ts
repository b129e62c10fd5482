import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { uuidAt } from "../../src/catalogue/runs/stored-heads.ts";
import { Aid } from "../../src/model/aid/aid.ts";
import type { Change } from "../../src/model/plan/plan.ts";
import { RunDisplaced, RunFailed } from "../../src/model/run/run-error.ts";
import { bothDatabases, newCatalogue, type TestCatalogue } from "../support/catalogues.ts";
import {
  exported,
  flattened,
  importAids,
  madeAid,
  madeRejection,
  madeReport,
  noCounts,
  planCreations,
  recognisable,
  stageAids,
  startRun,
  testNow,
} from "../support/made-aids.ts";

const connector = "region-test";

for (const database of bothDatabases) {
  describe.skipIf(database.skipped)(`applying a plan, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    async function aids() {
      return flattened(catalogue.aids.list());
    }

    /** Stages these aids in a new run and returns the differing pairs, with the plan it begins. */
    async function planOf(staged: readonly ReturnType<typeof madeAid>[]) {
      const run = await startRun(catalogue, connector);
      await stageAids(catalogue, run, staged);
      const planId = randomUUID();
      const created = await catalogue.plans.create({ ...run, planId, staged: staged.length, now: testNow });
      const pairs = await flattened(catalogue.plans.differingPairs(run.runId, connector));
      return { run, planId, created, pairs };
    }

    async function finishAndApply(plan: Awaited<ReturnType<typeof planOf>>, changes: readonly Change[]) {
      await catalogue.plans.addChanges(plan.planId, changes);
      await catalogue.plans.finish(plan.planId, { counts: noCounts, guards: [], waits: false });
      return catalogue.plans.apply(plan.planId, { ...plan.run, now: testNow, appliedBy: "run" });
    }

    function updateOf(aidId: string, externalId: string, baseRevision: number, fields: Change["fields"]): Change {
      return { aidId, externalId, kind: "update", baseRevision, fields };
    }

    test("a first import creates every aid, in review, with a history", async () => {
      await importAids(catalogue, connector, [
        madeAid("b", { name: "Deux", perimeters: [{ scale: "country", code: "FRA", name: "France" }] }),
        madeAid("a"),
      ]);
      const found = await aids();
      expect(found.map((aid) => [aid.externalId, aid.name, aid.status])).toEqual([
        ["a", "Aide à la rénovation", "reviewable"],
        ["b", "Deux", "reviewable"],
      ]);
      for (const aid of found) expect(Aid.parse(aid)).toEqual(aid);
      expect(await catalogue.history.list(found[0]?.aidId ?? "")).toMatchObject([
        { revision: 1, kind: "create", at: "2026-11-25T03:00:00.000Z", fields: {} },
      ]);
      expect(await catalogue.store.rows(sql`select 1 from staged_aids`)).toEqual([]);
    });

    test("the aid id is the UUIDv5 of connector and external id, the same in every catalogue", async () => {
      await importAids(catalogue, connector, [madeAid("42")]);
      // python3: uuid.uuid5(UUID("6f1f0d1c-5b0e-4a5f-9a3e-6d6f69737373"), "region-test/42")
      expect((await aids())[0]?.aidId).toBe("e4eefcef-2f7f-5efc-b5bf-3f79a79c1b5e");
    });

    test("if another aid was first seen under the external id, the aid id is made with #2, then #3", async () => {
      await importAids(catalogue, connector, [madeAid("old")]);
      await rename(catalogue, "old", "new");
      await importAids(catalogue, connector, [madeAid("old")]);
      await rename(catalogue, "old", "newer");
      await importAids(catalogue, connector, [madeAid("old")]);
      expect((await aids()).map((aid) => [aid.externalId, aid.aidId])).toEqual([
        ["new", "79fd0b53-bff7-52c4-8e32-2660ec8f456a"],
        ["newer", "1fe97bb1-7ddc-5f7a-941a-51bbfc67fc6a"],
        ["old", "12d115f1-9eae-59a8-91dd-1bbb9ce76263"],
      ]);
    });

    test("an update writes the fields to apply and to fill, not those to propose or to keep", async () => {
      await importAids(catalogue, connector, [madeAid("a", { name: "Un", keywords: ["eau"], shortTitle: "A", language: "fr" })]);
      const plan = await planOf([madeAid("a", { name: "Deux", shortTitle: "B", contact: "<p>x</p>", language: "en" })]);
      expect(plan.created).toBe(0);
      const [pair] = plan.pairs;
      expect(pair?.stored).toMatchObject({
        revision: 1,
        status: "reviewable",
        withdrawnAt: null,
        imported: { name: "Un", keywords: ["eau"] },
      });
      expect(pair?.staged.content).toMatchObject({ name: "Deux", keywords: [] });
      const change = (incoming: unknown, action: "apply" | "propose" | "keep" | "fill") => ({
        last: null,
        current: null,
        incoming,
        action,
      });
      const applied = await finishAndApply(plan, [
        updateOf(pair?.stored.aidId ?? "", "a", 1, {
          name: change("Deux", "apply"),
          keywords: change([], "apply"),
          shortTitle: {
            ...change("B", "propose"),
            after: { kept: "A", proposal: { at: "2026-11-25T03:00:00.000Z", runId: plan.run.runId } },
          },
          contact: change("<p>x</p>", "fill"),
          language: { ...change("en", "keep"), after: { kept: "fr" } },
        }),
      ]);
      expect(applied).toEqual({ created: 0, updated: 1, withdrawn: 0, removed: 0, state: "applied" });
      expect((await aids())[0]).toMatchObject({ name: "Deux", keywords: [], shortTitle: "A", contact: "<p>x</p>", language: "fr" });
      expect((await catalogue.history.list(pair?.stored.aidId ?? "")).map(({ revision, kind }) => [revision, kind])).toEqual([
        [1, "create"],
        [2, "update"],
      ]);
      // The same feed again does not differ.
      expect((await planOf([madeAid("a", { name: "Deux", shortTitle: "B", contact: "<p>x</p>", language: "en" })])).pairs).toEqual([]);
    });

    test("a curator's edits, even empty ones, are shown over the imported values", async () => {
      await importAids(catalogue, connector, [madeAid("a", { shortTitle: "A", keywords: ["eau"] })]);
      await catalogue.store.rows(
        sql`update aids set edits = '{"name": {"value": "Corrigé"}, "shortTitle": {"value": null}, "keywords": {"value": []}}'`,
      );
      expect((await aids())[0]).toMatchObject({ name: "Corrigé", shortTitle: null, keywords: [] });
    });

    test("an aid is withdrawn on the day in Paris, is no longer counted as missing, and returns", async () => {
      await importAids(catalogue, connector, [madeAid("a"), madeAid("b")]);
      const ids = (await aids()).map(({ aidId }) => aidId);
      const plan = await planOf([madeAid("b")]);
      await catalogue.plans.addChanges(plan.planId, [
        { aidId: ids[0] ?? "", externalId: "a", kind: "withdraw", baseRevision: 1, fields: {} },
      ]);
      await catalogue.plans.finish(plan.planId, { counts: noCounts, guards: [], waits: false });
      const lateInParis = new Date("2026-11-25T23:30:00Z");
      await catalogue.plans.apply(plan.planId, { ...plan.run, now: lateInParis, appliedBy: "run" });
      expect((await aids()).map((aid) => aid.withdrawnAt)).toEqual(["2026-11-26", null]);
      expect([...(await recognisable(catalogue, connector)).keys()]).toEqual([madeAid("b").recordHash]);

      const back = await planOf([madeAid("a"), madeAid("b")]);
      expect(back.pairs.map(({ stored }) => [stored.externalId, stored.withdrawnAt])).toEqual([["a", "2026-11-26"]]);
      await catalogue.absences.add(back.planId, ids);
      expect(await catalogue.absences.count(back.planId)).toBe(1);
      await catalogue.absences.remove(back.planId, ids);
      await finishAndApply(back, [{ aidId: ids[0] ?? "", externalId: "a", kind: "restore", baseRevision: 2, fields: {} }]);
      expect((await aids()).map((aid) => aid.withdrawnAt)).toEqual([null, null]);
    });

    test("an aid whose record hash was cleared is read again, and can be missing", async () => {
      await importAids(catalogue, connector, [{ ...madeAid("a"), recordHash: "" }]);
      const [aid] = await aids();
      const heads = await catalogue.staging.readHeads(connector);
      expect([heads.count, uuidAt(heads.aidIds, 0)]).toEqual([1, aid?.aidId]);
      expect((await recognisable(catalogue, connector)).size).toBe(0);
    });

    test("the same content from another record gets that record's hash without a revision", async () => {
      await importAids(catalogue, connector, [madeAid("a")]);
      const again = madeAid("a", {}, "2");
      const plan = await planOf([again]);
      expect(plan.pairs).toEqual([]);
      await finishAndApply(plan, []);
      expect([...(await recognisable(catalogue, connector))]).toEqual([[again.recordHash, again.memo]]);
      expect(await catalogue.store.rows(sql`select revision from aids`)).toEqual([{ revision: 1 }]);
    });

    test("a plan whose aid moved meanwhile is refused with the aid's name", async () => {
      await importAids(catalogue, connector, [madeAid("a"), madeAid("b")]);
      const plan = await planOf([madeAid("a", { name: "Un" }), madeAid("b", { name: "Deux" }), madeAid("c")]);
      await catalogue.store.rows(sql`update aids set revision = 2, edits = '{"name": {"value": "Corrigé"}}' where external_id = 'b'`);
      const before = await exported(catalogue);
      const changes = plan.pairs.map(({ stored, staged }) =>
        updateOf(stored.aidId, stored.externalId, stored.revision, {
          name: { last: stored.imported.name, current: stored.imported.name, incoming: staged.content.name, action: "apply" },
        }),
      );
      const refused = await finishAndApply(plan, changes).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(RunFailed);
      expect(refused).toMatchObject({ code: "world-moved", params: { count: 1, aids: "b" } });
      expect(await exported(catalogue)).toBe(before);
      expect((await catalogue.plans.find(plan.planId))?.state).toBe("open");
    });

    test("creating an aid that exists by now is refused with its name", async () => {
      const run = await startRun(catalogue, connector);
      const planId = await planCreations(catalogue, run, [madeAid("a"), madeAid("b")], { waits: true });
      const later = await importAids(catalogue, connector, [madeAid("b")]);
      await expect(catalogue.plans.apply(planId, { ...later, now: testNow, appliedBy: "ops" })).rejects.toMatchObject({
        code: "world-moved",
        params: { count: 1, aids: "b" },
      });
    });

    test("a worker whose token was taken over stages nothing, plans nothing, applies nothing", async () => {
      const displaced = await startRun(catalogue, connector);
      const planId = await planCreations(catalogue, displaced, [madeAid("a")]);
      const other = await catalogue.again();
      await startRun(other, connector);

      await expect(catalogue.plans.apply(planId, { ...displaced, now: testNow, appliedBy: "run" })).rejects.toBeInstanceOf(RunDisplaced);
      await expect(stageAids(catalogue, displaced, [madeAid("b")])).rejects.toBeInstanceOf(RunDisplaced);
      await expect(catalogue.staging.reject(displaced, [madeRejection({ locator: "row 3" })])).rejects.toBeInstanceOf(RunDisplaced);
      await expect(catalogue.plans.create({ ...displaced, planId: randomUUID(), staged: 0, now: testNow })).rejects.toBeInstanceOf(
        RunDisplaced,
      );
      await expect(catalogue.plans.finish(planId, { counts: noCounts, guards: [], waits: true })).rejects.toBeInstanceOf(RunDisplaced);
      await catalogue.runs.end(displaced.runId, { outcome: "applied", report: madeReport(displaced, "applied"), now: testNow });

      expect(await aids()).toEqual([]);
      expect(await catalogue.store.rows(sql`select 1 from staged_aids union all select 1 from rejected_records`)).toEqual([]);
      expect((await catalogue.runs.find(displaced.runId))?.outcome).toBe("abandoned");
    });

    test("a person applies a waiting plan later, but only once", async () => {
      const run = await startRun(catalogue, connector);
      const planId = await planCreations(catalogue, run, [madeAid("a")], { waits: true });
      // The next run clears the staged aids; the waiting plan keeps its own.
      const person = await startRun(catalogue, connector);
      await catalogue.plans.apply(planId, { ...person, now: testNow, appliedBy: "ops" });
      expect((await aids()).map((aid) => aid.externalId)).toEqual(["a"]);
      expect(await catalogue.plans.find(planId)).toMatchObject({ state: "applied", appliedBy: "ops", appliedAt: testNow });
      await expect(catalogue.plans.apply(planId, { ...person, now: testNow, appliedBy: "ops" })).rejects.toMatchObject({
        code: "plan-closed",
      });
      expect(await catalogue.store.rows(sql`select 1 from planned_aids`)).toEqual([]);
    });

    test("an incomplete plan is neither shown nor applied", async () => {
      const plan = await planOf([madeAid("a")]);
      expect(await catalogue.plans.find(plan.planId)).toBeNull();
      expect(await catalogue.plans.list()).toEqual([]);
      await expect(catalogue.plans.apply(plan.planId, { ...plan.run, now: testNow, appliedBy: "run" })).rejects.toMatchObject({
        code: "plan-closed",
      });
    });

    test("if a database crash loses staged aids, no plan is made and none is applied partly", async () => {
      const run = await startRun(catalogue, connector);
      const planId = await planCreations(catalogue, run, [madeAid("a"), madeAid("b")]);
      await catalogue.store.rows(sql`delete from staged_aids where external_id = 'a'`);
      await expect(catalogue.plans.apply(planId, { ...run, now: testNow, appliedBy: "run" })).rejects.toMatchObject({
        code: "storage-failed",
        params: { reason: "staged-aids-lost" },
      });
      expect(await aids()).toEqual([]);
      await expect(catalogue.plans.create({ ...run, planId: randomUUID(), staged: 2, now: testNow })).rejects.toMatchObject({
        code: "storage-failed",
      });
    });

    test("applying ends the run in the same transaction, and the next run is compared with it", async () => {
      const run = await startRun(catalogue, connector);
      await catalogue.runs.recordFeed(run, { snapshotHash: "abc", etag: '"1"', lastModified: null });
      const planId = await planCreations(catalogue, run, [madeAid("a")]);
      expect(await catalogue.appliedRuns.last(connector)).toBeNull();
      const report = madeReport(run, "applied");
      await catalogue.plans.apply(planId, { ...run, now: testNow, appliedBy: "run", report });
      expect(await catalogue.appliedRuns.last(connector)).toEqual({
        runId: run.runId,
        snapshotHash: "abc",
        etag: '"1"',
        lastModified: null,
        mappingFingerprint: "mapping",
        report,
        mustRead: false,
        hasAbsent: false,
      });
      // A run that is killed afterwards stays applied.
      await startRun(catalogue, connector);
      expect((await catalogue.runs.find(run.runId))?.outcome).toBe("applied");
    });

    test("aids over several pages are listed once each, in order", async () => {
      const many = Array.from({ length: 1203 }, (_, index) => madeAid(String(index)));
      await importAids(catalogue, connector, many);
      const found = (await aids()).map((aid) => aid.externalId);
      expect(found).toEqual(many.map((aid) => aid.externalId).sort());
      const plan = await planOf(many.map((aid) => madeAid(aid.externalId, { name: "Autre" })));
      expect(plan.pairs.map(({ stored }) => stored.externalId)).toEqual(found);
      expect(await flattened(catalogue.plans.changes(plan.planId))).toEqual([]);
    });
  });
}

/** Gives an aid another external id, as a plan does. */
async function rename({ store }: TestCatalogue, from: string, to: string): Promise<void> {
  for (const table of ["aids", "aid_sources"])
    await store.rows(sql`update ${sql.identifier(table)} set external_id = ${to} where external_id = ${from}`);
}
