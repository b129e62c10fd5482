import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PruneContext, pruneOld } from "../../../src/jobs/tasks/prune-old.ts";
import { WrongSettings } from "../../../src/platform/config.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { guardsOff, newHarvest } from "../../support/harvest.ts";

const goOn = new AbortController().signal;

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`the prune task, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    /** Returns a context whose clock moves by `stepMs` with each reading. */
    function contextAt(instant: string, environment: PruneContext["environment"] = {}, stepMs = 0) {
      const logged: unknown[] = [];
      let elapsed = 0;
      const clock = { now: () => new Date(instant), fixed: null, elapsed: () => (elapsed += stepMs) };
      const logger = { info: (said: unknown) => logged.push(said) } as unknown as PruneContext["logger"];
      return { context: { catalogue, clock, logger, environment }, logged };
    }

    /**
     * Imports feeds on three days of January; the last one is kept for ever. Returns a function that counts the remaining ones of the
     * others.
     */
    async function harvested(): Promise<() => Promise<number>> {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const hashes: string[] = [];
      for (const titre of ["Hier", "Avant", "Aujourd’hui"]) {
        const now = new Date("2026-01-10T02:00:00Z");
        const clock = { now: () => now, fixed: null, elapsed: () => performance.now() };
        hashes.push((await harvest.day([{ id: "1", titre }], {}, { clock })).feed.sha256 ?? "");
      }
      return async () => {
        const kept = await Promise.all(hashes.map((hash) => catalogue.snapshots.has(hash)));
        expect(kept.at(-1)).toBe(true);
        return kept.filter((isKept) => isKept).length - 1;
      };
    }

    it("is done once a morning, at half past five in Paris, by a single worker", async () => {
      const left = await harvested();
      const { context, logged } = contextAt("2026-11-25T04:29:59Z");
      // Yesterday's task is done.
      await catalogue.schedule.claim("prune", new Date("2026-11-24T04:30:00Z"));
      await pruneOld(context, goOn);
      expect(await left()).toBe(2);
      const due = [contextAt("2026-11-25T04:30:00Z"), contextAt("2026-11-25T04:30:00Z"), contextAt("2026-11-25T04:31:00Z")];
      await Promise.all(due.map((each) => pruneOld(each.context, goOn)));
      expect(await left()).toBe(0);
      expect([...logged, ...due.flatMap((each) => each.logged)]).toEqual([{ gone: { snapshots: 2 }, isWhole: true }]);
    });

    it("does nothing when cancelled, and leaves the task to another worker", async () => {
      const left = await harvested();
      await pruneOld(contextAt("2026-11-25T05:00:00Z").context, AbortSignal.abort());
      expect(await left()).toBe(2);
      await pruneOld(contextAt("2026-11-25T05:00:00Z").context, goOn);
      expect(await left()).toBe(0);
    });

    it("stops after a minute and continues the next morning", async () => {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const now = new Date("2026-01-10T02:00:00Z");
      const clock = { now: () => now, fixed: null, elapsed: () => performance.now() };
      const nameless = Array.from({ length: 1500 }, (_, index) => ({ id: `x${index}`, titre: "" }));
      const report = await harvest.day([{ id: "1", titre: "Hier" }, ...nameless], {}, { clock });
      await harvest.day([{ id: "1", titre: "Aujourd’hui" }], {}, { clock });
      const slow = contextAt("2026-11-25T05:00:00Z", { MOISSON_KEEP_SNAPSHOTS_DAYS: "700" }, 60_000);
      await pruneOld(slow.context, goOn);
      expect(slow.logged).toEqual([{ gone: { rejected: 1000 }, isWhole: false }]);
      await pruneOld(contextAt("2026-11-26T05:00:00Z").context, goOn);
      expect(await harvest.rejected(report)).toEqual([]);
    });

    it("names an invalid setting before it does anything", async () => {
      const left = await harvested();
      const { context } = contextAt("2026-11-25T05:00:00Z", { MOISSON_KEEP_SNAPSHOTS_DAYS: "all" });
      await expect(pruneOld(context, goOn)).rejects.toThrow(WrongSettings);
      expect(await left()).toBe(2);
    });
  });
}
