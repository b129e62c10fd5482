import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PrunedBatch, RetentionRepository } from "../../src/catalogue/retention/retention-repository.ts";
import { applyActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { defaultRetention, type KeptKind, keptKinds, type Retention } from "../../src/model/run/retention.ts";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { lifeOfAid } from "../../src/model/trace/life-of-aid.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";
import { exported, flattened, madeAid, madeRejection, noCounts, sha256, stageAids, startRun } from "../support/made-aids.ts";

const aids = (count: number, texte = "Ancien") =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, titre: `Aide numéro ${index}`, texte: `<p>${texte}</p>` }));
const nameless = { id: "x", titre: "", note: "sans titre" };
/** A day on which everything temporary has expired. */
const muchLater = 5000;

function day(number: number): Date {
  return new Date(Date.parse("2026-01-10T02:00:00Z") + number * 86_400_000);
}

function on(number: number) {
  return { clock: { now: () => day(number), fixed: null, elapsed: () => performance.now() } };
}

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`retention, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    let retention: RetentionRepository;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
      retention = new RetentionRepository(catalogue.store);
    });
    afterEach(() => catalogue.drop());

    const harvested = () => newHarvest(catalogue, { guards: guardsOff });

    /** Counts expired data by kind, without zeros. */
    async function past(number: number, keep: Retention = defaultRetention): Promise<Partial<Record<KeptKind, number>>> {
      const found = await retention.survey(keep, day(number));
      expect(found.map(({ kind, keptDays }) => [kind, keptDays])).toEqual(keptKinds.map((kind) => [kind, keep[kind]]));
      return Object.fromEntries(found.filter(({ count }) => count > 0).map(({ kind, count }) => [kind, count]));
    }

    /** Prunes, and expects that exactly the announced data is deleted. */
    async function prune(number: number, keep: Retention = defaultRetention): Promise<Partial<Record<KeptKind, number>>> {
      const announced = await retention.survey(keep, day(number));
      const taken = new Map(keptKinds.map((kind) => [kind, { count: 0, bytes: 0 }]));
      for await (const { kind, count, bytes } of retention.prune(keep, day(number))) {
        const before = taken.get(kind) ?? { count: 0, bytes: 0 };
        taken.set(kind, { count: before.count + count, bytes: before.bytes + bytes });
      }
      expect([...taken].map(([kind, each]) => ({ kind, ...each }))).toEqual(
        announced.map(({ kind, count, bytes }) => ({ kind, count, bytes })),
      );
      expect(await past(number, keep)).toEqual({});
      return Object.fromEntries([...taken].filter(([, { count }]) => count > 0).map(([kind, { count }]) => [kind, count]));
    }

    async function everything(): Promise<unknown> {
      const tables = await catalogue.store.rows<{ name: string }>(sql`
        select table_name as name from information_schema.tables where table_schema = ${catalogue.schema} and table_type = 'BASE TABLE' order by 1`);
      const all: [string, unknown][] = [];
      for (const { name } of tables) {
        all.push([
          name,
          await catalogue.store.rows(
            sql`select count(*)::int as rows, md5(string_agg(held::text, '' order by held::text)) as content from ${sql.identifier(name)} held`,
          ),
        ]);
      }
      return Object.fromEntries(all);
    }

    const snapshotOf = (report: RunReport) => report.feed.sha256 ?? "";
    const openPlan = async ({ connector }: Harvest) => (await catalogue.plans.list({ connector, isOpen: true }))[0]?.planId ?? "";

    async function discardHeldPlan(harvest: Harvest, number: number): Promise<void> {
      expect((await harvest.day([], {}, on(number))).outcome).toBe("held");
      expect(await catalogue.plans.close(await openPlan(harvest), "discarded", { now: day(number), by: "ops" })).toBe(true);
    }

    async function undo(planId: string | null, number: number): Promise<void> {
      const undone = await catalogue.plans.find(planId ?? "");
      if (undone === null) throw new Error("the plan is gone");
      const ops = { by: "ops", now: day(number), note: "the wrong feed" };
      const made = await undoRun(catalogue, ops, undone);
      if ("refused" in made) throw new Error(made.refused.code);
      await applyActs(catalogue, made.planId, ops, false);
    }

    async function keepDigest(number: number): Promise<void> {
      await catalogue.store.rows(sql`
        insert into digests (id, since, until, content, delivered_at)
        values (${randomUUID()}::uuid, ${day(number - 1).toISOString()}::timestamptz, ${day(number).toISOString()}::timestamptz, '{}', now())`);
    }

    async function keepLetter(number: number, revokedOn?: number): Promise<string> {
      const letter = { connector: "region-a", runId: randomUUID(), by: "marie", at: day(number), letter: {}, annex: [] };
      const letterId = await catalogue.letters.add({ ...letter, tokenHash: randomUUID() });
      if (revokedOn !== undefined) await catalogue.letters.revoke(letterId, "marie", day(revokedOn));
      return letterId;
    }

    /** Stores a preview that ends on that day. */
    async function keepPreview(until: number): Promise<{ previewId: string; draftId: string }> {
      const draftId = randomUUID();
      const shared = { draftId, publisherId: null, content: { aids: [] }, by: "marie", at: day(until - 30), until: day(until) };
      return { draftId, previewId: await catalogue.previews.add({ ...shared, tokenHash: randomUUID() }) };
    }

    /** Creates data of each kind that ages from day 0, and something newer. */
    const begun: Record<KeptKind, (harvest: Harvest) => Promise<void>> = {
      snapshots: async (harvest) => {
        await harvest.day(aids(3), {}, on(0));
        await harvest.day(aids(4), {}, on(1));
      },
      rejected: async (harvest) => {
        await harvest.day([...aids(3), nameless], {}, on(0));
        await harvest.day(aids(3), {}, on(1));
      },
      staged: async (harvest) => {
        await harvest.day(aids(3), { dryRun: true }, on(0));
        await catalogue.plans.close(await openPlan(harvest), "discarded", { now: day(0), by: "ops" });
      },
      runs: async (harvest) => {
        expect((await harvest.day("{ broken", {}, on(0))).outcome).toBe("unreadable");
      },
      digests: async () => {
        await keepDigest(0);
        await keepDigest(1);
      },
      letters: async () => {
        await keepLetter(0);
      },
      revoked: async () => {
        await keepLetter(-100, 0);
      },
      previews: async () => {
        await keepPreview(0);
      },
      reports: async () => {
        for (const at of [0, muchLater]) await catalogue.errorReports.add({ aidId: randomUUID(), kind: "other", text: "Faux" }, day(at));
      },
      audit: async () => {
        const entry = { person: null, by: "marie", act: "run.ask", subject: null, details: {} };
        await catalogue.audit.add({ ...entry, at: day(0) });
        await catalogue.audit.add({ ...entry, at: day(muchLater) });
      },
    };
    const goes: Record<KeptKind, number> = {
      snapshots: 1,
      rejected: 1,
      staged: 3,
      runs: 1,
      digests: 1,
      letters: 1,
      revoked: 1,
      previews: 1,
      reports: 1,
      audit: 1,
    };

    it.each(keptKinds)("keeps %s exactly until they expire", async (kind) => {
      await begun[kind](await harvested());
      const limit = defaultRetention[kind];
      for (const kept of [limit - 1, limit]) expect((await past(kept))[kind], `day ${kept}`).toBeUndefined();
      expect((await past(limit + 1))[kind]).toBe(goes[kind]);
      const [found] = (await retention.survey(defaultRetention, day(limit + 1))).filter((each) => each.kind === kind);
      expect(found?.oldest).toBe(day(0).toISOString());
      expect(found?.bytes).toBeGreaterThan(0);
      expect((await prune(limit + 1))[kind]).toBe(goes[kind]);
      expect((await past(muchLater))[kind], "the last one stays").toBeUndefined();
    });

    it("uses the configured number of days", async () => {
      const harvest = await harvested();
      await begun.snapshots(harvest);
      expect((await past(11, { ...defaultRetention, snapshots: 10 })).snapshots).toBe(1);
      expect((await past(muchLater, { ...defaultRetention, snapshots: 10_000, runs: 10_000 })).snapshots).toBeUndefined();
    });

    it("counts expired data without deleting it", async () => {
      const harvest = await harvested();
      await begun.rejected(harvest);
      await begun.runs(harvest);
      await discardHeldPlan(harvest, 2);
      const before = await everything();
      const announced = await past(muchLater);
      expect(announced).toMatchObject({ snapshots: 3, rejected: 1 });
      expect(await everything()).toEqual(before);
      expect(await prune(muchLater)).toEqual(announced);
    });

    it("keeps the last applied snapshot for ever; a deleted one is reported with the run that read it", async () => {
      const harvest = await harvested();
      const first = await harvest.day(aids(3), {}, on(0));
      const last = await harvest.day(aids(4), {}, on(1));
      expect((await prune(muchLater)).snapshots).toBe(1);
      expect((await harvest.run({ snapshot: snapshotOf(last) }, on(muchLater))).outcome).toBe("unchanged");
      const again = await harvest.run({ snapshot: snapshotOf(first) }, on(muchLater));
      expect(again).toMatchObject({ outcome: "refused", error: { code: "snapshot-missing" } });
      const lost = { hash: snapshotOf(first), runId: first.runId, readAt: day(0).toISOString() };
      expect(await retention.prunedSnapshot(snapshotOf(first).slice(0, 12))).toEqual(lost);
      for (const never of [snapshotOf(last), "0000", "", "%"]) expect(await retention.prunedSnapshot(never)).toBeNull();
    });

    it("the age of a feed counts from the last run that read it", async () => {
      const harvest = await harvested();
      await harvest.day(aids(3), {}, on(0));
      await harvest.day(aids(4), {}, on(100));
      const back = await harvest.day(aids(3), {}, on(170));
      await harvest.day(aids(5), {}, on(171));
      expect(await prune(281)).toMatchObject({ snapshots: 1 });
      expect(await catalogue.snapshots.has(snapshotOf(back))).toBe(true);
    });

    it("deletes a letter a year after its revocation, or after three years if its address works", async () => {
      const read = await keepLetter(0);
      const closedSoon = await keepLetter(0, 10);
      const closedLate = await keepLetter(0, 1000);
      expect(await prune(376)).toEqual({ revoked: 1 });
      expect(await catalogue.letters.find(closedSoon)).toBeNull();
      expect(await past(1095)).toEqual({});
      expect(await prune(1096)).toEqual({ letters: 2 });
      for (const gone of [read, closedLate]) expect(await catalogue.letters.find(gone)).toBeNull();
      await keepLetter(0, 10);
      expect(await prune(muchLater)).toEqual({ revoked: 1 });
    });

    it("deletes a shared preview by its end, which a revocation or a new address changes", async () => {
      const revoked = await keepPreview(60);
      await catalogue.previews.revoke(revoked.draftId, revoked.previewId, "marie", day(10));
      const again = await keepPreview(0);
      await catalogue.previews.changeAddress(again.draftId, again.previewId, { tokenHash: randomUUID(), until: day(50) });
      expect(await prune(101)).toEqual({ previews: 1 });
      expect(await catalogue.previews.list(revoked.draftId)).toEqual([]);
      expect(await catalogue.previews.list(again.draftId)).toHaveLength(1);
      expect(await prune(141)).toEqual({ previews: 1 });
    });

    it("keeps a waiting plan and its snapshot for any time", async () => {
      const harvest = await harvested();
      await harvest.day(aids(2), {}, on(0));
      const waiting = await harvest.day([...aids(3, "Neuf"), nameless], { dryRun: true }, on(1));
      await harvest.day(aids(2), { force: true }, on(2));
      expect(await prune(muchLater)).toEqual({});
      expect(await catalogue.snapshots.has(snapshotOf(waiting))).toBe(true);
      expect(await harvest.rejected(waiting)).toHaveLength(1);
      const part = { token: null, now: day(muchLater), appliedBy: "ops", part: { kinds: ["create"] } } as const;
      expect(await catalogue.plans.apply(waiting.planId ?? "", part)).toMatchObject({ created: 1, state: "part-applied" });
      expect(await prune(2 * muchLater)).toEqual({});
      expect(await catalogue.plans.apply(waiting.planId ?? "", { ...part, part: {} })).toMatchObject({ updated: 2, state: "applied" });
      expect((await harvest.aid("1")).description).toContain("Neuf");
    });

    it("keeps a closed plan with author and reason, and deletes its unapplied changes", async () => {
      const harvest = await harvested();
      await harvest.day(aids(2), {}, on(0));
      const report = await harvest.day([...aids(2, "Neuf"), { id: "new", titre: "Neuve" }], { dryRun: true }, on(1));
      const planId = report.planId ?? "";
      await catalogue.plans.apply(planId, { token: null, now: day(1), appliedBy: "ops", part: { kinds: ["create"] } });
      await catalogue.plans.close(planId, "discarded", { now: day(2), by: "marie", note: "not yet" });
      const dropped = await harvest.day(aids(2, "Encore"), { dryRun: true }, on(2));
      await catalogue.plans.close(dropped.planId ?? "", "discarded", { now: day(2), by: "marie" });
      for (const plan of [planId, dropped.planId ?? ""]) {
        await catalogue.plans.addRemarks(plan, [{ code: "our-own", aidId: null, externalId: "0", params: { of: "a/b" } }]);
      }
      // Two changes of the partly applied plan; two changes and a remark of the other one.
      expect(await prune(40)).toEqual({ staged: 5 });
      expect(await catalogue.plans.remarks(planId)).toHaveLength(1);
      expect(await catalogue.plans.find(planId)).toMatchObject({ state: "discarded", closedBy: "marie", note: "not yet" });
      expect((await flattened(catalogue.plans.changes(planId))).map(({ externalId }) => externalId)).toEqual(["new"]);
      // The run of the other plan, with it. The first run wrote history.
      expect((await prune(muchLater)).runs).toBe(1);
      expect(await catalogue.runs.find(report.runId)).not.toBeNull();
    });

    it("undo works as before, for the newest run and for an old one", async () => {
      const harvest = await harvested();
      await harvest.day(aids(3), {}, on(0));
      const morning = await exported(catalogue);
      const { planId } = await harvest.day(aids(3, "Neuf"), {}, on(1));
      for (let number = 2; number < 5; number++) await harvest.day(aids(3, "Neuf"), {}, on(number));
      await prune(muchLater);
      await undo(planId, muchLater);
      expect(await exported(catalogue)).toBe(morning);
    });

    it("a trace is as before, except for runs that changed nothing; current rejections are kept", async () => {
      const harvest = await harvested();
      await harvest.day([...aids(2), nameless], {}, on(0));
      await harvest.day([...aids(2, "Neuf"), nameless], {}, on(400));
      for (const number of [401, 800, 1200]) await harvest.day([...aids(2, "Neuf"), nameless], {}, on(number));
      const told = async (asked: string) => {
        const [hit] = await catalogue.aidTraces.find(asked, harvest.connector);
        return hit === undefined ? null : lifeOfAid(await catalogue.aidTraces.facts(hit));
      };
      const before = { aid: await told("1"), rejected: await told("sans titre") };
      expect(before.rejected?.map((event) => event.what)).toEqual(["rejected"]);
      expect(await prune(muchLater)).toEqual({ snapshots: 1, rejected: 1 });
      expect(await told("1")).toEqual(before.aid);
      // The record of day 0 is deleted; the record of day 400 belongs to every run since.
      expect(await told("sans titre")).toMatchObject([
        { what: "rejected", at: day(400).toISOString(), until: day(1200).toISOString(), runs: 4 },
      ]);
    });

    it("the age of rejected records counts from the last run that found the feed unchanged, and that run is kept as long", async () => {
      const harvest = await harvested();
      await harvest.day(aids(2), {}, on(0));
      const report = await harvest.day([...aids(2), nameless], {}, on(1));
      for (let number = 2; number < 40; number++) await harvest.day([...aids(2), nameless], {}, on(number));
      expect(await prune(muchLater), "the feed stands").toEqual({ snapshots: 1, runs: 8 });
      expect(await harvest.rejected(report)).toHaveLength(1);
      await harvest.day(aids(3), {}, on(40));
      for (const [number, count] of [
        [129, undefined],
        [130, 1],
      ] as const)
        expect((await past(number)).rejected).toBe(count);
      expect(await prune(muchLater)).toEqual({ snapshots: 1, rejected: 1, runs: 2 });
      expect(await catalogue.runs.find(report.runId)).toBeNull();
    });

    it.each([
      ["a connector's last applied one", sql`update connectors set last_applied_run = (select id from runs where outcome = 'unreadable')`],
      ["an absence began with", sql`update absences set since_run = (select id from runs where outcome = 'unreadable')`],
      ["an absence ended with", sql`update absences set ended_run = (select id from runs where outcome = 'unreadable')`],
      [
        "an open plan came from",
        sql`insert into plans (id, run_id, state, complete, created_at) select gen_random_uuid(), id, 'open', true, started_at from runs where outcome = 'unreadable'`,
      ],
      [
        "a plan came from that was closed lately",
        sql`insert into plans (id, run_id, state, complete, created_at, closed_at)
          select gen_random_uuid(), id, 'discarded', true, started_at, ${day(muchLater - 30).toISOString()}::timestamptz from runs where outcome = 'unreadable'`,
      ],
    ])("keeps the run that is, or that %s", async (_, names) => {
      const harvest = await harvested();
      await harvest.day(aids(3), {}, on(0));
      await harvest.day("{ broken", {}, on(1));
      await harvest.day(aids(2), {}, on(2));
      expect((await past(muchLater)).runs).toBe(1);
      await catalogue.store.rows(names);
      expect((await prune(muchLater)).runs).toBeUndefined();
    });

    it("deletes a run with its plan that was closed long before, and the plan's remarks", async () => {
      const harvest = await harvested();
      await harvest.day(aids(3), {}, on(0));
      await discardHeldPlan(harvest, 1);
      const [held] = await catalogue.plans.list({ connector: harvest.connector });
      expect(held?.state).toBe("discarded");
      expect((await prune(731)).runs).toBeUndefined();
      expect((await prune(732)).runs).toBe(1);
      expect(await catalogue.plans.find(held?.planId ?? "")).toBeNull();
      expect(await catalogue.plans.list({ connector: harvest.connector })).toHaveLength(1);
    });

    it("keeps an undone run, because it wrote history; the same feed is held later", async () => {
      const harvest = await harvested();
      await harvest.day(aids(3), {}, on(0));
      const undone = await harvest.day(aids(3, "Neuf"), {}, on(1));
      await undo(undone.planId, 2);
      await harvest.day(aids(3), {}, on(3));
      expect((await prune(muchLater)).runs).toBeUndefined();
      expect(await catalogue.runs.find(undone.runId)).toMatchObject({ undoneBy: "ops" });
      expect(await catalogue.appliedRuns.undoneOn(harvest.connector, snapshotOf(undone))).toMatchObject({ by: "ops" });
    });

    it("guards and silence checks still have the data they learn from", async () => {
      const harvest = await harvested();
      for (let number = 0; number < 4; number++) await harvest.day(aids(3, `Texte ${number}`), {}, on(number));
      for (let number = 4; number < 42; number++) await harvest.day(aids(3, "Texte 3"), {}, on(number));
      const { connector } = harvest;
      const known = async () => ({
        reports: await catalogue.appliedRuns.lastReports(connector, 30),
        activity: await catalogue.activity.list(),
      });
      const before = await known();
      // Of 42 runs, the 30 newest are kept, and 4 others that made a change.
      expect((await prune(muchLater)).runs).toBe(8);
      expect(await known()).toEqual(before);
      expect(await catalogue.appliedRuns.last(connector)).toMatchObject({ report: { outcome: "unchanged" } });
    });

    it("an absence is still counted", async () => {
      const harvest = await harvested();
      await harvest.day(aids(3), {}, on(0));
      const gone = await harvest.day(aids(2), {}, on(1));
      for (let number = 2; number < 40; number++) await harvest.day("{ broken", {}, on(number));
      await prune(muchLater);
      expect(await catalogue.runs.find(gone.runId)).not.toBeNull();
      await harvest.day(aids(2), {}, on(muchLater));
      expect((await harvest.day(aids(2), {}, on(muchLater + 1))).counts.withdrawn).toBe(1);
    });

    it("keeps the data of a run in progress, however old, and the snapshot it is to read", async () => {
      const harvest = await harvested();
      const old = await harvest.day(aids(3), {}, on(0));
      await harvest.day(aids(4), {}, on(1));
      const run = await startRun(catalogue, harvest.connector);
      await catalogue.store.rows(sql`
        update runs set started_at = ${day(1).toISOString()}::timestamptz, options = jsonb_build_object('snapshot', ${snapshotOf(old).slice(0, 8)}::text)
        where id = ${run.runId}::uuid`);
      await stageAids(catalogue, run, [madeAid("new")]);
      await catalogue.staging.reject(run, [madeRejection()]);
      const planId = randomUUID();
      await catalogue.plans.create({ ...run, planId, staged: 1, now: day(1) });
      expect(await prune(muchLater)).toEqual({});
      await catalogue.plans.finish(planId, { counts: { ...noCounts, created: 1 }, guards: [], waits: false });
      expect(await catalogue.plans.apply(planId, { ...run, now: day(1), appliedBy: "run" })).toMatchObject({ created: 1 });
    });

    it("deletes what remains after a crash: staged aids and incomplete plans", async () => {
      const run = await startRun(catalogue, "region-essai");
      await stageAids(catalogue, run, [madeAid("a"), madeAid("b")]);
      await catalogue.plans.create({ ...run, planId: randomUUID(), staged: 2, now: day(0) });
      await catalogue.store.rows(
        sql`update runs set state = 'ended', outcome = 'abandoned', started_at = ${day(0).toISOString()}::timestamptz`,
      );
      // Two staged aids, their contents, two changes, a plan.
      expect(await prune(31)).toEqual({ staged: 7 });
      expect(await prune(731)).toEqual({ runs: 1 });
    });

    it("deletes many rows in batches, and continues after an interruption", async () => {
      const harvest = await harvested();
      await harvest.day([...aids(3), ...Array.from({ length: 2400 }, (_, index) => ({ id: `x${index}`, titre: "" }))], {}, on(0));
      await harvest.day(aids(3), {}, on(1));
      for await (const { kind, count } of retention.prune(defaultRetention, day(100))) {
        expect([kind, count]).toEqual(["rejected", 1000]);
        break;
      }
      expect(await prune(100)).toEqual({ rejected: 1400 });
      expect(await catalogue.store.rows(sql`select 1 from rejected_contents where connector = ${harvest.connector}`)).toEqual([]);
    });

    it("keeps data that a run reads during a prune, whether its plan waits or is closed at once", async () => {
      const harvest = await harvested();
      const reports: RunReport[] = [];
      for (let number = 0; number < 13; number++) reports.push(await harvest.day(aids(2, `Texte ${number}`), {}, on(number)));
      const [waiting, dropped] = reports.slice(10, 12).map(snapshotOf);
      let taken = 0;
      for await (const { count } of retention.prune(defaultRetention, day(muchLater))) {
        if (taken === 0) {
          await harvest.run({ snapshot: dropped ?? "", dryRun: true }, on(muchLater));
          await catalogue.plans.close(await openPlan(harvest), "discarded", { now: day(muchLater), by: "ops" });
          await harvest.run({ snapshot: waiting ?? "", dryRun: true }, on(muchLater));
        }
        taken += count;
      }
      expect(taken).toBe(10);
      for (const hash of [waiting, dropped]) expect(await catalogue.snapshots.has(hash ?? "")).toBe(true);
    });

    it("two concurrent prunes delete everything once and do not disturb runs", async () => {
      const harvests = [await harvested(), await harvested()];
      for (let number = 0; number < 6; number++) {
        for (const harvest of harvests) await harvest.day([...aids(3, `Texte ${number}`), nameless], {}, on(number));
      }
      const announced = await past(muchLater);
      const other = await catalogue.connect();
      const prunes = [retention, new RetentionRepository(other.store)].map(async (each) => {
        const batches: PrunedBatch[] = [];
        for await (const batch of each.prune(defaultRetention, day(muchLater))) batches.push(batch);
        return batches;
      });
      const nights = harvests.map((harvest) => harvest.day(aids(4, "Ce soir"), { dryRun: true }, on(muchLater)));
      const taken = (await Promise.all(prunes)).flat();
      for (const report of await Promise.all(nights)) expect(report.outcome).toBe("planned");
      if (database.kind === "postgresql") await other.close();
      for (const kind of keptKinds) {
        const count = taken.filter((batch) => batch.kind === kind).reduce((sum, batch) => sum + batch.count, 0);
        expect(count, kind).toBe(announced[kind] ?? 0);
      }
    });

    // A server vacuums by itself, at a time that depends on other work.
    it.skipIf(database.kind === "postgresql")("frees the space of deleted rows for new ones", async () => {
      const keep = async (number: number) => {
        const bytes = randomBytes(3_000_000);
        const part = {
          name: "feed",
          contentType: null,
          url: null,
          open: async function* () {
            yield bytes;
          },
        };
        await catalogue.snapshots.save(sha256(bytes), [part], day(number));
        return catalogue.store.row<{ size: number }>(sql`select pg_total_relation_size('snapshot_packs')::float8 as size`);
      };
      const { size } = await keep(0);
      expect(size).toBeGreaterThan(3_000_000);
      expect(await prune(181)).toEqual({ snapshots: 1 });
      await retention.reclaim();
      expect((await keep(182)).size).toBeLessThan(1.1 * size);
    });
  });
}
