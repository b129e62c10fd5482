import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CuratedAid } from "../../src/catalogue/aids/aid-repository.ts";
import type { FeedPosition } from "../../src/catalogue/aids/change-feed-repository.ts";
import { decideAnswer } from "../../src/curation/decide-answer.ts";
import { decideEdit } from "../../src/curation/decide-edit.ts";
import { decideMerge, decideReject, decideRestore, decideSplit, decideUnpublish } from "../../src/curation/decide-status.ts";
import type { Curator } from "../../src/curation/person-plan.ts";
import { personsChange, type Verdict } from "../../src/curation/persons-change.ts";
import { applyActs, planActs } from "../../src/curation/plan-acts.ts";
import { undoRun } from "../../src/curation/undo-run.ts";
import { canonicalAid } from "../../src/model/aid/canonical-aid.ts";
import { reasonGone, type Tombstone } from "../../src/model/aid/tombstone.ts";
import type { Change, ChangeKind } from "../../src/model/plan/plan.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";
import { flattened, importAids, madeAid } from "../support/made-aids.ts";
import { propertyRuns } from "../support/property-runs.ts";
import { testServices } from "../support/test-services.ts";

const anHour = 3_600_000;
/** An aid that left the feed once is withdrawn. */
const hasty = { guards: guardsOff, absence: { runs: 1, days: 0 } } as const;

/** A catalogue with its feeds and curators, and a clock of its own. */
interface World {
  readonly catalogue: TestCatalogue;
  readonly harvests: readonly Harvest[];
  readonly runs: string[];
  now: Date;
}

async function newWorld(catalogue: TestCatalogue, feeds: number): Promise<World> {
  const harvests: Harvest[] = [];
  for (let feed = 0; feed < feeds; feed++) harvests.push(await newHarvest(catalogue, hasty));
  return { catalogue, harvests, runs: [], now: new Date("2026-11-01T02:00:00Z") };
}

/** Runs this feed and returns the run's id. */
async function day(world: World, records: readonly unknown[], feed = 0): Promise<string> {
  const clock = { now: () => world.now, fixed: null, elapsed: () => performance.now() };
  const report = await harvestAt(world, feed).day(records, {}, testServices(world.catalogue, { clock }));
  world.runs.push(report.runId);
  return report.runId;
}

function harvestAt({ harvests }: World, feed: number): Harvest {
  const harvest = harvests[feed];
  if (harvest === undefined) throw new RangeError(`no feed ${feed}`);
  return harvest;
}

type Deciding = (aid: CuratedAid, curator: Curator) => Verdict;

const acts = {
  publish: (aid, curator) => stated(aid, curator, "publish", { status: "published" }),
  unpublish: decideUnpublish,
  reject: decideReject,
  restore: decideRestore,
  split: decideSplit,
  edit: (aid, curator) => decideEdit(aid, { values: { name: `Titre de Marie à ${curator.now.toISOString()}` }, withdrawn: [] }, curator),
  unedit: (aid, curator) => decideEdit(aid, { values: {}, withdrawn: ["name"] }, curator),
  accept: (aid, curator) => decideAnswer(aid, "accept", null, curator),
  refuse: (aid, curator) => decideAnswer(aid, "refuse", null, curator),
  withdraw: (aid, curator) => stated(aid, curator, "withdraw", { withdrawnAt: "2026-11-20", withdrawnBy: curator.by }),
  confirm: (aid, curator) =>
    stated(aid, curator, "confirm", { watch: { state: "confirmed", until: "2027-01-01", reason: null, by: curator.by, at: "2026-11-20" } }),
} as const satisfies Record<string, Deciding>;

function stated(aid: CuratedAid, curator: Curator, kind: ChangeKind, state: NonNullable<Change["state"]>): Verdict {
  return { change: personsChange(aid, kind, curator, { state }), cautions: [] };
}

/** As if the publisher gave it another id. */
function renamed(externalId: string): Deciding {
  return (aid, curator) => ({ change: { ...personsChange(aid, "re-identify", curator, {}), externalId }, cautions: [] });
}

/** Applies an action to one aid, if possible. */
async function act({ catalogue, now }: World, aid: CuratedAid, decide: Deciding): Promise<void> {
  const marie = { by: "marie", now };
  const { plan } = await planActs(catalogue, marie, { connector: aid.connector, asked: {} }, [[aid]], (each) => decide(each, marie));
  if (plan !== null) await applyActs(catalogue, plan.planId, marie, true);
}

async function undo({ catalogue, now }: World, run: string): Promise<void> {
  const made = (await catalogue.plans.list({ runId: run })).find(({ origin }) => origin === "run");
  const plan = made === undefined ? null : await undoRun(catalogue, { by: "marie", now }, made);
  if (plan === null || "refused" in plan || plan.changes === 0) return;
  await catalogue.plans.apply(plan.planId, { token: null, now, appliedBy: "marie" });
}

async function curated({ catalogue }: World): Promise<CuratedAid[]> {
  return flattened(catalogue.aids.curated());
}

async function aidNamed(world: World, externalId: string): Promise<CuratedAid> {
  const found = (await curated(world)).find((aid) => aid.externalId === externalId);
  if (found === undefined) throw new RangeError(`no aid ${externalId}`);
  return found;
}

async function afterRun({ catalogue }: World, run: string): Promise<FeedPosition> {
  const [position] = await catalogue.changeFeed.runsBeginning(run);
  if (position === undefined) throw new RangeError(`no run ${run}`);
  return position;
}

/** The changes since a position, in short: `1`, or `1 withdrawn`. */
async function said(world: World, position: FeedPosition, connector?: string): Promise<string[]> {
  const changes = await flattened(world.catalogue.changeFeed.since(position, connector));
  return changes.map((change) => ("deleted" in change ? `${change.externalId} ${change.reason}` : change.externalId));
}

const record = (id: string, more: object = {}) => ({ id, titre: `Aide numéro ${id}`, texte: `<p>Texte de l'aide ${id}.</p>`, ...more });

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`what leaves the catalogue, ${database.title}`, { timeout: 180_000 }, () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    it("since a run: aids that later runs and people created, changed, removed and restored, in canonical order", async () => {
      const world = await newWorld(catalogue, 2);
      const first = await day(world, [record("1"), record("2"), record("3"), record("4")]);
      const elsewhere = await day(world, [record("9")], 1);
      expect(await said(world, await afterRun(world, elsewhere))).toEqual([]);
      expect(await said(world, await afterRun(world, first))).toEqual(["9"]);
      await act(world, await aidNamed(world, "4"), acts.reject);
      const second = await day(world, [record("2", { titre: "Un autre titre" }), record("3"), record("4"), record("5")]);
      expect(await said(world, await afterRun(world, first))).toEqual(["1 withdrawn", "2", "4 rejected", "5", "9"]);
      expect(await said(world, await afterRun(world, first), harvestAt(world, 1).connector)).toEqual(["9"]);
      expect(await said(world, await afterRun(world, second))).toEqual([]);
      await day(world, [record("1"), record("2"), record("3"), record("4"), record("5")]);
      expect(await said(world, await afterRun(world, second))).toEqual(["1", "2"]);
    });

    it("a tombstone has the state and reason; a merged aid leads to the last aid in its chain of merges", async () => {
      const world = await newWorld(catalogue, 1);
      const run = await day(world, [record("1"), record("2"), record("3")]);
      const [one, two, three] = [await aidNamed(world, "1"), await aidNamed(world, "2"), await aidNamed(world, "3")];
      await act(world, one, (aid, curator) => decideMerge(aid, two, curator));
      await act(world, two, (aid, curator) => decideMerge(aid, three, curator));
      const tombstone = {
        connector: harvestAt(world, 0).connector,
        status: "merged",
        withdrawnAt: null,
        deleted: true,
        reason: "merged",
        mergedInto: three.aidId,
      } as const satisfies Partial<Tombstone>;
      expect(await flattened(catalogue.changeFeed.since(await afterRun(world, run)))).toEqual([
        { ...tombstone, aidId: one.aidId, externalId: "1" },
        { ...tombstone, aidId: two.aidId, externalId: "2" },
      ]);
      await act(world, await aidNamed(world, "1"), acts.split);
      expect(await said(world, await afterRun(world, run))).toEqual(["1", "2 merged"]);
    });

    it("only visible changes count: accepted proposals, but not new, kept, confirmed or refused ones", async () => {
      const world = await newWorld(catalogue, 1);
      await day(world, [record("1")]);
      await act(world, await aidNamed(world, "1"), acts.publish);
      const position = await afterRun(world, await day(world, [record("1", { texte: "<p>Un texte que quelqu'un doit lire.</p>" })]));
      const [proposed] = await curated(world);
      expect(Object.keys(proposed?.proposals ?? {})).toEqual(["description"]);
      await act(world, await aidNamed(world, "1"), acts.confirm);
      await act(world, await aidNamed(world, "1"), acts.refuse);
      expect(await catalogue.history.list(proposed?.aidId ?? "")).toHaveLength(5);
      expect(await said(world, position)).toEqual([]);
      await day(world, [record("1", { texte: "<p>Encore un autre texte.</p>" })]);
      await act(world, await aidNamed(world, "1"), acts.accept);
      expect(await said(world, position)).toEqual(["1"]);
    });

    it("an aid whose creation was undone is removed, even if another aid has its id now; if created again, it is listed again", async () => {
      const world = await newWorld(catalogue, 1);
      const first = await day(world, [record("1")]);
      const second = await day(world, [record("1"), record("2")]);
      await undo(world, second);
      expect(await said(world, await afterRun(world, second))).toEqual(["2 removed"]);
      expect(await flattened(catalogue.changeFeed.since(await afterRun(world, first)))).toMatchObject([
        { externalId: "2", status: "reviewable", withdrawnAt: null, deleted: true, reason: "removed", mergedInto: null },
      ]);
      await act(world, await aidNamed(world, "1"), renamed("2"));
      expect(await said(world, await afterRun(world, second))).toEqual(["2", "2 removed"]);
      await act(world, await aidNamed(world, "2"), renamed("1"));
      await day(world, [record("1"), record("2")]);
      expect(await said(world, await afterRun(world, second))).toEqual(["1", "2"]);
    });

    it("since an instant: later changes count, even if they were reverted", async () => {
      const world = await newWorld(catalogue, 1);
      await day(world, [record("1"), record("2")]);
      const before = world.now;
      world.now = new Date(before.getTime() + anHour);
      await act(world, await aidNamed(world, "1"), acts.edit);
      await act(world, await aidNamed(world, "1"), acts.unedit);
      expect(await said(world, { from: before })).toEqual(["1", "2"]);
      expect(await said(world, { from: world.now })).toEqual(["1"]);
      expect(await said(world, { from: new Date(world.now.getTime() + anHour / 2) })).toEqual([]);
    });

    it("a run that wrote nothing has the position of its end, even if the clock does not advance", async () => {
      const world = await newWorld(catalogue, 1);
      await day(world, [record("1"), record("2")]);
      const again = await day(world, [record("1"), record("2")]);
      expect(await said(world, await afterRun(world, again))).toEqual([]);
      await act(world, await aidNamed(world, "2"), acts.reject);
      expect(await said(world, await afterRun(world, again))).toEqual(["2 rejected"]);
      world.now = new Date(world.now.getTime() + anHour);
      expect(await said(world, await afterRun(world, await day(world, [record("1"), record("2")])))).toEqual([]);
    });

    it("runs are found by the beginning of their id, at most two", async () => {
      const world = await newWorld(catalogue, 1);
      for (let index = 0; index < 3; index++) await day(world, [record("1")]);
      const [run = ""] = world.runs;
      expect(await catalogue.changeFeed.runsBeginning(run.slice(0, 13).toUpperCase())).toMatchObject([{ runId: run }]);
      expect(await catalogue.changeFeed.runsBeginning("")).toHaveLength(2);
      expect(await catalogue.changeFeed.runsBeginning("%")).toEqual([]);
    });

    it("any number of changes is listed in pages, each once and in order", async () => {
      const ids = Array.from({ length: 1203 }, (_, index) => String(index).padStart(4, "0"));
      await importAids(
        catalogue,
        "region-test",
        ids.map((id) => madeAid(id)),
      );
      const run = await importAids(catalogue, "region-autre", [madeAid("1")]);
      const world: World = { catalogue, harvests: [], runs: [], now: new Date("2026-11-26T00:00:00Z") };
      expect(await said(world, { afterSeq: 0 })).toEqual(["1", ...ids]);
      expect(await said(world, { afterSeq: 0 }, "region-test")).toEqual(ids);
      expect(await said(world, await afterRun(world, run.runId))).toEqual([]);
    });

    it("a site that follows the change feed equals the catalogue after any history, whenever it asks", async () => {
      const records = fc.array(fc.constantFrom("absent", "v1", "v1", "v2", "v3"), { minLength: 4, maxLength: 4 });
      const step = fc.oneof(
        { weight: 4, arbitrary: fc.record({ is: fc.constant("day" as const), feed: fc.nat(1), records }) },
        {
          weight: 6,
          arbitrary: fc.record({
            is: fc.constant("act" as const),
            what: fc.constantFrom("merge" as const, ...(Object.keys(acts) as (keyof typeof acts)[])),
            which: fc.nat(9),
            into: fc.nat(9),
          }),
        },
        { weight: 2, arbitrary: fc.record({ is: fc.constant("undo" as const), back: fc.nat(3) }) },
        { weight: 3, arbitrary: fc.record({ is: fc.constant("ask" as const), by: fc.constantFrom("run", "instant") }) },
        { weight: 2, arbitrary: fc.record({ is: fc.constant("wait" as const) }) },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 25 }), async (steps) => {
          const world = await newWorld(await newCatalogue(database), 2);
          const site = followingSite(world);
          await day(world, [record("0"), record("1"), record("2"), record("3")]);
          await day(world, [record("0"), record("1")], 1);
          for (const each of steps) {
            if (each.is === "wait") world.now = new Date(world.now.getTime() + anHour);
            else if (each.is === "ask") await site.ask(each.by === "run");
            else if (each.is === "undo") await undo(world, world.runs.at(-1 - (each.back % world.runs.length)) ?? "");
            else if (each.is === "day") await day(world, recordsOf(each.records), each.feed);
            else await actOnSome(world, each);
          }
          await site.ask(true);
          const live = (await flattened(world.catalogue.aids.list())).filter((aid) => reasonGone(aid) === null);
          expect(site.shown()).toEqual(live.map((aid) => JSON.stringify(canonicalAid(aid))).sort());
          await world.catalogue.drop();
        }),
        { numRuns: propertyRuns(8) },
      );
    });
  });
}

function recordsOf(versions: readonly string[]): unknown[] {
  return versions.flatMap((version, index) =>
    version === "absent"
      ? []
      : [record(String(index), { titre: `Aide ${index} ${version}`, texte: `<p>Texte ${version} de l'aide ${index}.</p>` })],
  );
}

async function actOnSome(
  world: World,
  { what, which, into }: { what: "merge" | keyof typeof acts; which: number; into: number },
): Promise<void> {
  const aids = await curated(world);
  const [aid, other] = [aids[which % aids.length], aids[into % aids.length]];
  if (aid === undefined || other === undefined) return;
  await act(world, aid, what === "merge" ? (each, curator) => decideMerge(each, other, curator) : acts[what]);
}

/** A site that applies the answers one after the other. It asks from the last run, or the last hour, that it knows. */
function followingSite(world: World) {
  const aids = new Map<string, string>();
  let position: FeedPosition = { afterSeq: 0 };
  return {
    shown: () => [...aids.values()].sort(),
    async ask(nextByRun: boolean) {
      for await (const page of world.catalogue.changeFeed.since(position)) {
        for (const change of page) {
          if ("deleted" in change) aids.delete(change.aidId);
          else aids.set(change.aidId, JSON.stringify(canonicalAid(change)));
        }
      }
      position = nextByRun ? await afterRun(world, world.runs.at(-1) ?? "") : { from: world.now };
    },
  };
}
