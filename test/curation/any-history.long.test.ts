import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AidContent, aidFields, isEmptyValue } from "../../src/model/aid/aid.ts";
import { sameValue } from "../../src/model/aid/same-value.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { propertyRuns, runsFactor } from "../support/property-runs.ts";
import { type Act, anyCuration, anyDecision, anyDoing, anyPlanInParts, anyRenaming, anyRun, anything, beginning, some } from "./any-act.ts";
import { cutWorld, ExpectedEdits, editsIn, expectedCounts, expectedUndo, importedAfter, known } from "./expected-history.ts";
import { History, type Step } from "./history-commands.ts";

const timeout = 120_000 * Math.max(1, runsFactor);

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`any history of a catalogue, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    /** Tests a property on many histories. */
    async function inAny<Value>(runs: number, histories: fc.Arbitrary<Value>, holds: (history: History, value: Value) => Promise<void>) {
      const property = fc.asyncProperty(histories, async (value) => holds(await History.begin(catalogue), value));
      await fc.assert(property, { numRuns: propertyRuns(runs) });
    }

    it("an edit is shown until a curator removes it, accepts another value or undoes it", { timeout }, async () => {
      await inAny(14, some(anything, 6, 10), async (history, acts) => {
        const paper = new ExpectedEdits();
        for (const act of [...beginning, ...acts]) {
          const step = await history.live(act);
          paper.note(step);
          expect(sorted(editsIn(step.after))).toEqual(sorted(paper.inForce));
        }
      });
    });

    it("the publisher's value below an edit is the feed's latest, and nothing else changes it", { timeout }, async () => {
      await inAny(12, some(anyDoing, 6, 10), async (history, acts) => {
        for (const act of [...beginning, ...acts]) expectImported(await history.live(act));
      });
    });

    it("an unchanged feed writes nothing", { timeout }, async () => {
      await inAny(10, some(anything, 4, 8), async (history, acts) => {
        for (const act of [...beginning, ...acts]) {
          const { report, planId, records } = await history.live(act);
          if (report === undefined || planId === null) continue;
          const rows = await history.harvest.rows();
          const again = await history.run(records ?? [], { force: true });
          expect(again).toMatchObject({
            outcome: "unchanged",
            counts: { created: 0, updated: 0, restored: 0, withdrawn: 0, proposals: 0 },
          });
          expect(await history.harvest.rows()).toEqual(rows);
        }
      });
    });

    it("the counts of a plan match its application", { timeout }, async () => {
      await inAny(12, some(anything, 6, 10), async (history, acts) => {
        for (const act of [...beginning, ...acts]) {
          const step = await history.live(act);
          const plan = step.planId === null ? null : await catalogue.plans.find(step.planId);
          if (!step.isWhole || step.records === undefined || plan?.runId == null) continue;
          const counts = expectedCounts(step, step.records, plan.runId);
          const { created, updated, restored, withdrawn, proposals } = counts;
          expect(plan.counts).toMatchObject({ created, updated, restored, withdrawn, proposals });
          if (step.report !== undefined) expect(step.report.counts).toMatchObject(counts);
          if (step.written !== undefined) expect(step.written).toMatchObject({ created, withdrawn });
        }
      });
    });

    const decision = anyDecision.map((act) => [act]);
    const curation = anyCuration.map((act) => [act]);
    const undoable = fc.oneof(anyRun, anyPlanInParts, curation, decision, decision);

    it("an immediate undo leaves no trace; the same feed as a file applies again", { timeout }, async () => {
      await inAny(24, fc.tuple(some(anything, 0, 5), undoable), async (history, [acts, doing]) => {
        const [before, exported] = [await after(history, [...beginning, ...acts]), await history.harvest.exported()];
        const steps = await history.liveAll(doing);
        const [plan, last] = [onlyPlanOf(steps), steps.at(-1)];
        if (plan === null || last === undefined) return;
        const done = await history.harvest.exported();
        const { undone, after: now } = await history.takeBack(plan);
        expect([...(undone?.spared ?? [])]).toEqual([]);
        expect(known(now)).toEqual(before);
        expect(await history.harvest.exported()).toBe(exported);
        const [{ records } = last] = steps;
        if (records === undefined || last.records !== records || !last.isWhole) return;
        const again = await history.run(records);
        if (again.outcome === "held") await history.live({ act: "apply", part: null, days: 0 });
        expect(known(await history.world())).toEqual(known(last.after));
        expect(await history.harvest.exported()).toBe(done);
      });
    });

    it("a later undo spares exactly what was changed since", { timeout }, async () => {
      const sinceThen = some(fc.oneof(anyDoing, decision), 2, 4);
      await inAny(20, fc.tuple(some(anything, 0, 3), undoable, sinceThen), async (history, [acts, doing, since]) => {
        await history.liveAll([...beginning, ...acts]);
        const steps = await history.liveAll(doing);
        const [plan, first] = [onlyPlanOf(steps), steps.find(({ planId }) => planId !== null)];
        if (plan === null || first === undefined) return;
        const later = await history.liveAll(since);
        if (later.some(({ planId }) => planId === plan)) return;
        const { after: now } = await history.takeBack(plan);
        expect(cutWorld(now)).toEqual(expectedUndo(first.before, steps.at(-1)?.after ?? first.after, later));
      });
    });

    it("what a curator removed stays removed, under its id or another", { timeout }, async () => {
      const decided = fc.oneof(anyRenaming, anyRenaming, anyRun, decision);
      await inAny(8, some(decided, 4, 6), async (history, acts) => {
        for (const act of [...beginning, ...acts]) expectOff(await history.live(act));
      });
    });

    async function after(history: History, acts: readonly Act[]) {
      return known((await history.liveAll(acts)).at(-1)?.after ?? new Map());
    }
  });
}

function sorted(map: ReadonlyMap<string, unknown>): [string, unknown][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Returns the only plan that was applied; null if there was none, or several. */
function onlyPlanOf(steps: readonly Step[]): string | null {
  const [plan, ...others] = new Set(steps.flatMap(({ planId }) => planId ?? []));
  return plan !== undefined && others.length === 0 ? plan : null;
}

/** The publisher's values change only with applied feeds. */
function expectImported({ act, before, after, records, report, planId, isWhole }: Step): void {
  const isRead = records !== undefined && (planId !== null || report?.outcome === "unchanged") && report?.outcome !== "held" && !isDry(act);
  for (const [aidId, { imported, externalId, status, revision }] of after) {
    const held = before.get(aidId)?.imported;
    // A waiting plan changes only its own fields, even if the feed has changed since.
    const isImported = isRead && (act.act === "feed" || before.get(aidId)?.revision !== revision);
    const record = isImported && status !== "deleted" && status !== "merged" ? records.find(({ id }) => id === externalId) : undefined;
    const expected = record === undefined ? held : { ...imported, ...importedAfter(record, held) };
    if (isWhole || record === undefined) expect(imported).toEqual(expected);
    else expectBetween(imported, held, expected as AidContent);
  }
}

function isDry(act: Act): boolean {
  return act.act === "feed" && (act.how === "dry" || act.how === "limited");
}

/** A part of a plan changes some fields and keeps the others. */
function expectBetween(imported: AidContent, held: AidContent | undefined, said: AidContent): void {
  for (const [field, value] of Object.entries(imported)) {
    expect([said[field as keyof AidContent], held?.[field as keyof AidContent]]).toContainEqual(value);
  }
}

/** A feed neither brings back a removed aid nor creates another one from it. */
function expectOff({ before, after, report }: Step): void {
  if (report === undefined) return;
  const created = [...after.values()].filter(({ aidId }) => !before.has(aidId));
  for (const [aidId, { status, withdrawnBy, withdrawnAt, imported }] of before) {
    if (status === "reviewable" || (status === "published" && withdrawnBy === null)) continue;
    expect(after.get(aidId)).toMatchObject({ status, withdrawnBy });
    if (withdrawnBy !== null) expect(after.get(aidId)).toMatchObject({ withdrawnAt });
    const isOnly = [...before.values()].filter(({ imported: { originUrl } }) => originUrl === imported.originUrl).length === 1;
    // If two aids have its page, a curator decides which one it is.
    if (isOnly) expect(created.filter((aid) => hasSameContent(aid.imported, imported))).toEqual([]);
  }
}

/** Returns true if a new aid has the same values as the other. */
function hasSameContent(created: AidContent, held: AidContent): boolean {
  return aidFields.every((field) => isEmptyValue(created[field]) || sameValue(field, created[field], held[field]));
}
