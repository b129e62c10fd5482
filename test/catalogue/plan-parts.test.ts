import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PlanPart } from "../../src/catalogue/plans/plan-part.ts";
import { aidFields } from "../../src/model/aid/aid.ts";
import { changeKinds } from "../../src/model/plan/plan.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened, noCounts, testNow } from "../support/made-aids.ts";
import { propertyRuns } from "../support/property-runs.ts";

const person = { token: null, now: testNow, appliedBy: "marie" } as const;

function recordOf(id: string, changes: Record<string, unknown> = {}) {
  return {
    id,
    titre: `Aide aux ${id} des communes rurales`,
    texte: `<p>Le département aide les communes qui entretiennent leurs ${id} : études, travaux, matériel.</p>`,
    lien: `https://aides.example.org/${id}`,
    debut: "2026-01-01",
    fin: "2026-12-31",
    publics: ["Communes"],
    motsCles: ["ruralité"],
    ...changes,
  };
}

const newText = { texte: "<p>Le département n'aide plus que les intercommunalités, et seulement pour leurs études préalables.</p>" };

/**
 * Two aids are new, one is missing for the second time and one for the first, one returns, one has a new id, and others change some fields.
 */
const feedOfThePlan = [
  recordOf("haies", { ...newText, fin: "2027-03-31", titre: "Haies et bocages", motsCles: ["bocage"] }),
  recordOf("gymnases", { ...newText, fin: "2027-06-30", motsCles: [] }),
  recordOf("vergers", { fin: "2027-01-31", motsCles: ["fruits"] }),
  recordOf("lavoirs", { id: "2026/lavoirs", debut: "2026-02-01", motsCles: ["eau", "ruralité"] }),
  recordOf("marchés"),
  recordOf("cantines"),
  recordOf("fontaines", { debut: "2026-02-01" }),
];

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`a plan and its parts, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    /** A connector with the same history in every test, and the open plan of a dry run of today's feed. */
    async function openPlan(): Promise<{ harvest: Harvest; planId: string; runId: string }> {
      const harvest = await newHarvest(catalogue, { absence: { runs: 2, days: 0 } });
      const held = ["haies", "gymnases", "vergers", "lavoirs", "marchés", "puits", "ponts"].map((id) => recordOf(id));
      await harvest.day(held);
      await harvest.day(held.filter(({ id }) => id !== "puits"));
      await set(
        harvest,
        "haies",
        sql`status = 'published', edits = '{"keywords": {"value": ["arbres"], "by": "marie", "at": "2026-11-01T09:00:00.000Z", "note": null}}'`,
      );
      await set(harvest, "lavoirs", sql`status = 'published'`);
      await set(harvest, "vergers", sql`withdrawn_at = '2026-11-01'`);
      const { planId, runId } = await harvest.day(feedOfThePlan, { dryRun: true });
      if (planId === null) throw new Error("the dry run made no plan");
      return { harvest, planId, runId };
    }

    function set({ connector }: Harvest, externalId: string, columns: ReturnType<typeof sql>) {
      return catalogue.store.rows(sql`update aids set ${columns} where connector = ${connector} and external_id = ${externalId}`);
    }

    /** An edit by a curator meanwhile. */
    function move(harvest: Harvest, externalId: string) {
      return set(harvest, externalId, sql`revision = revision + 1`);
    }

    async function aidIdOf({ connector }: Harvest, externalId: string): Promise<string> {
      const [aid] = await flattened(catalogue.aids.list({ connector, externalId }));
      return aid?.aidId ?? "none";
    }

    async function applied(planId: string, part?: PlanPart) {
      return catalogue.plans.apply(planId, { ...person, ...(part && { part }) });
    }

    /**
     * Everything that applying a plan determines, without names of the connector or its runs: the export, its layers, absences, the last
     * applied run.
     */
    async function outcomeOf({ harvest, planId, runId }: Awaited<ReturnType<typeof openPlan>>) {
      const { connector } = harvest;
      const nameless = (text: string) =>
        text
          .replaceAll(connector, "connector")
          .replaceAll(runId, "the run")
          .replace(/"aidId":"[^"]+"/g, "");
      const rows = await catalogue.store.rows<{ aid: unknown }>(sql`
        select jsonb_build_array(external_id, imported, kept, edits, proposals, status, withdrawn_at, withdrawn_by, fingerprint, record_hash is null) as aid
        from aids_with_source where connector = ${connector} order by external_id`);
      const absences = await catalogue.store.rows(sql`
        select aids.external_id, since_run = ${runId}::uuid as since, ended_run = ${runId}::uuid as ended, since_at::text
        from absences join aids on aids.aid_id = absences.aid_id where absences.connector = ${connector} order by 1`);
      const [head] = await catalogue.store.rows(sql`
        select last_applied_run = ${runId}::uuid as is_last, must_read from connectors where id = ${connector}`);
      const run = await catalogue.runs.find(runId);
      return {
        exported: nameless(await harvest.exported()),
        aids: rows.map(({ aid }) => nameless(JSON.stringify(aid))),
        absences,
        head,
        run: [run?.outcome, run?.appliedAt, run?.appliedBy],
        state: (await catalogue.plans.find(planId))?.state,
        leftOver: await catalogue.store.rows(sql`
          select 1 from planned_aids where run_id = ${runId}::uuid union all select 1 from planned_absences where plan_id = ${planId}::uuid`),
      };
    }

    test("the plan has every kind of change, and its counts match its application", async () => {
      const opened = await openPlan();
      const { harvest, planId } = opened;
      expect(await catalogue.plans.countByKind(planId)).toEqual({ create: 2, update: 2, withdraw: 1, restore: 1, "re-identify": 1 });
      const before = await aidsById(harvest);
      const counts = (await catalogue.plans.find(planId))?.counts;
      const { state, ...written } = await applied(planId);
      expect([state, written]).toEqual(["applied", { created: 2, updated: 4, withdrawn: 1, removed: 0 }]);
      const after = await aidsById(harvest);
      const changed = [...after].filter(([aidId, aid]) => before.has(aidId) && JSON.stringify(before.get(aidId)) !== JSON.stringify(aid));
      const isBack = ([aidId, aid]: (typeof changed)[number]) => aid.withdrawnAt === null && before.get(aidId)?.withdrawnAt !== null;
      const isGone = ([aidId, aid]: (typeof changed)[number]) => aid.withdrawnAt !== null && before.get(aidId)?.withdrawnAt === null;
      const proposals = (await flattened(catalogue.aids.curated({ connector: harvest.connector }))).flatMap((aid) =>
        Object.keys(aid.proposals),
      );
      expect(counts).toMatchObject({
        created: after.size - before.size,
        restored: changed.filter(isBack).length,
        withdrawn: changed.filter(isGone).length,
        updated: changed.filter((one) => !isBack(one) && !isGone(one)).length,
        proposals: proposals.length,
        missing: 2,
      });
      expect(proposals.length).toBeGreaterThan(0);
      expect(await outcomeOf(opened)).toMatchObject({
        absences: [
          { external_id: "ponts", since: true, ended: null },
          { external_id: "puits", since: false, ended: null },
        ],
        head: { is_last: true, must_read: false },
        run: ["planned", testNow, "marie"],
        leftOver: [],
      });
    });

    async function aidsById({ connector }: Harvest) {
      return new Map((await flattened(catalogue.aids.list({ connector }))).map((aid) => [aid.aidId, aid]));
    }

    test("applying the parts one by one, in any order, equals applying the whole", async () => {
      const opened = await openPlan();
      await applied(opened.planId);
      const whole = await outcomeOf(opened);
      const ids = ["haies", "gymnases", "vergers", "lavoirs", "puits", "cantines"];
      const part = fc.record(
        {
          kinds: fc.subarray([...changeKinds.slice(0, 5)], { minLength: 1 }),
          fields: fc.subarray([...aidFields], { minLength: 4 }),
          aids: fc.subarray(ids, { minLength: 1 }),
        },
        { requiredKeys: [] },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
          const again = await openPlan();
          for (const { aids, ...asked } of parts) {
            const named = aids && (await Promise.all(aids.map((id) => aidIdOf(again.harvest, id))));
            const { state } = await applied(again.planId, { ...asked, ...(named && { aids: named }) });
            if (state === "applied") break;
          }
          if ((await catalogue.plans.find(again.planId))?.state !== "applied") await applied(again.planId);
          expect(await outcomeOf(again)).toEqual(whole);
        }),
        { numRuns: propertyRuns(8) },
      );
    }, 120_000);

    test("a part by kind, field or aid writes only that part; the rest stays open", async () => {
      const { harvest, planId } = await openPlan();
      expect(await applied(planId, { kinds: ["create"] })).toEqual({
        created: 2,
        updated: 0,
        withdrawn: 0,
        removed: 0,
        state: "part-applied",
      });
      expect(await applied(planId, { fields: ["submissionDeadline"] })).toMatchObject({ updated: 3, state: "part-applied" });
      expect(await harvest.aid("gymnases")).toMatchObject({
        submissionDeadline: "2027-06-30",
        description: expect.stringContaining("matériel"),
      });
      expect(await applied(planId, { aids: [await aidIdOf(harvest, "gymnases")] })).toMatchObject({ updated: 1, state: "part-applied" });
      expect(await harvest.aid("gymnases")).toMatchObject({ description: expect.stringContaining("intercommunalités") });
      // Two of them are fields that the second part left over. The aid that returned has returned.
      expect(await catalogue.plans.countLeft(planId)).toEqual({ update: 2, withdraw: 1, "re-identify": 1 });
      expect(await catalogue.plans.find(planId)).toMatchObject({ state: "part-applied", appliedBy: "marie" });
    });

    test("an aid whose fields are applied in two parts has two revisions; its return and new id come with the first", async () => {
      const { harvest, planId } = await openPlan();
      await applied(planId, { fields: ["keywords"] });
      expect(await harvest.aid("vergers")).toMatchObject({ withdrawnAt: null, keywords: ["fruits"], submissionDeadline: "2026-12-31" });
      expect(await harvest.aid("2026/lavoirs")).toMatchObject({ status: "published", startDate: "2026-01-01" });
      await applied(planId);
      expect(await harvest.aid("vergers")).toMatchObject({ keywords: ["fruits"], submissionDeadline: "2027-01-31" });
      const kinds = (await catalogue.history.list(await aidIdOf(harvest, "vergers"))).map(({ kind, fields }) => [
        kind,
        Object.keys(fields),
      ]);
      expect(kinds).toEqual([
        ["create", []],
        ["restore", ["keywords"]],
        ["update", ["submissionDeadline"]],
      ]);
    });

    test("the undo of a return, applied field by field, withdraws once and restores the aid", async () => {
      const { harvest, planId: returned } = await openPlan();
      await applied(returned, { kinds: ["restore"] });
      const aidId = await aidIdOf(harvest, "vergers");
      const planId = randomUUID();
      await catalogue.plans.open({ planId, origin: "undo", connector: harvest.connector, madeBy: "marie", asked: {}, now: testNow });
      const back = (last: unknown, incoming: unknown) => ({ last, current: last, incoming, action: "apply" }) as const;
      const fields = { keywords: back(["fruits"], ["ruralité"]), submissionDeadline: back("2027-01-31", "2026-12-31") };
      const state = { withdrawnAt: "2026-11-01", fingerprint: "before", recordHash: "before" };
      await catalogue.plans.addChanges(planId, [{ aidId, externalId: "vergers", kind: "withdraw", baseRevision: 2, fields, state }]);
      await catalogue.plans.finish(planId, { counts: noCounts, guards: [], waits: true });
      await applied(planId, { fields: ["submissionDeadline"] });
      expect(await harvest.aid("vergers")).toMatchObject({
        withdrawnAt: "2026-11-01",
        submissionDeadline: "2026-12-31",
        keywords: ["fruits"],
      });
      expect(await applied(planId)).toMatchObject({ updated: 1, withdrawn: 0, state: "applied" });
      expect(await harvest.aid("vergers")).toMatchObject({ withdrawnAt: "2026-11-01", keywords: ["ruralité"] });
      expect(await catalogue.store.rows(sql`select fingerprint, record_hash from aid_sources where aid_id = ${aidId}::uuid`)).toEqual([
        { fingerprint: "before", record_hash: "before" },
      ]);
    });

    test("if aids moved meanwhile, the whole plan is refused with their names; the part without them can be applied", async () => {
      const { harvest, planId } = await openPlan();
      await move(harvest, "gymnases");
      await move(harvest, "puits");
      const before = await harvest.rows();
      await expect(applied(planId)).rejects.toMatchObject({ code: "world-moved", params: { count: 2, aids: "gymnases, puits" } });
      await expect(applied(planId, { kinds: ["update"] })).rejects.toMatchObject({ code: "world-moved", params: { aids: "gymnases" } });
      expect(await harvest.rows()).toEqual(before);
      expect(await catalogue.plans.moved(planId, 1)).toEqual({ count: 2, examples: ["gymnases"] });
      expect(await applied(planId, { kinds: ["restore"] })).toMatchObject({ updated: 1, state: "part-applied" });
    });

    test("skipMoved applies all other changes; the changes of moved aids stay open", async () => {
      const { harvest, planId, runId } = await openPlan();
      await move(harvest, "gymnases");
      const skipped = await catalogue.plans.apply(planId, { ...person, skipMoved: true });
      expect(skipped).toEqual({ created: 2, updated: 3, withdrawn: 1, removed: 0, state: "part-applied" });
      expect(await catalogue.plans.countLeft(planId)).toEqual({ update: 1 });
      expect(await harvest.aid("gymnases")).toMatchObject({ submissionDeadline: "2026-12-31" });
      expect((await catalogue.runs.find(runId))?.appliedAt).toBeNull();
      await expect(applied(planId)).rejects.toMatchObject({ code: "world-moved", params: { aids: "gymnases" } });
    });

    test("an empty part, and a part whose aids have all moved, leave the plan unchanged", async () => {
      const { harvest, planId } = await openPlan();
      const before = await catalogue.plans.find(planId);
      expect(await applied(planId, { kinds: ["merge"] })).toEqual({ created: 0, updated: 0, withdrawn: 0, removed: 0, state: "open" });
      await move(harvest, "vergers");
      expect(await catalogue.plans.apply(planId, { ...person, part: { kinds: ["restore"] }, skipMoved: true })).toMatchObject({
        state: "open",
      });
      expect(await catalogue.plans.find(planId)).toEqual(before);
    });

    test("while a plan is partly applied, and after its rest was discarded, an unchanged feed is read again", async () => {
      const harvest = await newHarvest(catalogue);
      const yesterday = [recordOf("haies"), recordOf("gymnases")];
      await harvest.day(yesterday);
      const { planId } = await harvest.day(
        yesterday.map((record) => ({ ...record, fin: "2027-03-31", ...newText })),
        { dryRun: true },
      );
      expect(await harvest.day(yesterday)).toMatchObject({ outcome: "unchanged", planId: null });
      await applied(planId ?? "", { fields: ["submissionDeadline"] });
      const back = { counts: { updated: 2 } };
      expect(await harvest.day(yesterday, { dryRun: true })).toMatchObject({ outcome: "planned", ...back });
      await catalogue.plans.close(planId ?? "", "discarded", { now: testNow, by: "marie" });
      expect(await harvest.day(yesterday)).toMatchObject({ outcome: "applied", ...back });
      expect(await harvest.aid("haies")).toMatchObject({ submissionDeadline: "2026-12-31" });
      expect(await harvest.day(yesterday)).toMatchObject({ outcome: "unchanged", planId: null });
    });

    test("applying twice is refused, in whole and in part", async () => {
      const { planId } = await openPlan();
      await applied(planId);
      await expect(applied(planId)).rejects.toMatchObject({ code: "plan-closed", params: { state: "applied" } });
      await expect(applied(planId, { kinds: ["update"] })).rejects.toMatchObject({ code: "plan-closed" });
      expect(await catalogue.plans.countLeft(planId)).toEqual({});
    });

    test("plans of different connectors never invalidate each other", async () => {
      const one = await openPlan();
      const other = await openPlan();
      await applied(other.planId, { kinds: ["create", "update"] });
      await other.harvest.day([recordOf("haies")], { dryRun: true });
      expect(await applied(one.planId)).toMatchObject({ state: "applied" });
      expect(await applied(other.planId)).toMatchObject({ state: "applied" });
    });

    test("a waiting plan survives a crash that empties the unlogged tables, and another process applies it", async () => {
      const opened = await openPlan();
      await catalogue.store.rows(sql`delete from staged_aids`);
      const other = await catalogue.again();
      expect(await other.plans.apply(opened.planId, person)).toMatchObject({ created: 2, state: "applied" });
      expect(await opened.harvest.aid("cantines")).toMatchObject({ status: "reviewable" });
    });

    test("a held plan is applied by a person with a note; the note and the run's outcome are kept", async () => {
      const harvest = await newHarvest(catalogue);
      await harvest.day(["haies", "gymnases", "vergers", "lavoirs"].map((id) => recordOf(id)));
      const held = await harvest.day([recordOf("haies")]);
      expect(held).toMatchObject({ outcome: "held", guards: [{ code: "aids-gone", found: 3 }] });
      const planId = held.planId ?? "";
      await catalogue.plans.apply(planId, { ...person, note: "le flux est bien celui-là" });
      expect(await catalogue.plans.find(planId)).toMatchObject({ state: "applied", appliedBy: "marie", note: "le flux est bien celui-là" });
      expect(await catalogue.runs.find(held.runId)).toMatchObject({
        outcome: "held",
        appliedAt: testNow,
        appliedBy: "marie",
        undoneAt: null,
      });
      expect(await catalogue.store.rows(sql`select count(*)::int as absent from absences where connector = ${harvest.connector}`)).toEqual([
        { absent: 3 },
      ]);
    });

    test("a discarded plan writes nothing, keeps the note, and can be neither applied nor discarded again", async () => {
      const { harvest, planId, runId } = await openPlan();
      const before = await harvest.rows();
      const closed = { now: testNow, by: "marie", note: "la moitié du fichier manque" };
      expect(await catalogue.plans.close(planId, "discarded", closed)).toBe(true);
      expect(await catalogue.plans.find(planId)).toMatchObject({
        state: "discarded",
        closedBy: "marie",
        closedAt: testNow,
        note: closed.note,
      });
      expect(await harvest.rows()).toEqual(before);
      expect(await catalogue.plans.close(planId, "discarded", closed)).toBe(false);
      await expect(applied(planId)).rejects.toMatchObject({ code: "plan-closed", params: { state: "discarded" } });
      expect(await catalogue.store.rows(sql`select 1 from planned_aids where run_id = ${runId}::uuid`)).toEqual([]);
    });
  });
}
