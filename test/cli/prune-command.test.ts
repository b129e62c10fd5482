import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { WrongSettings } from "../../src/platform/config.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../support/catalogues.ts";
import { type CommandOutput, runCommandAt } from "../support/command-line.ts";
import { guardsOff, type Harvest, newHarvest } from "../support/harvest.ts";
import { rejectedOf } from "../support/made-aids.ts";

const now = "2026-11-25T03:00:00Z";

for (const database of testedDatabases) {
  describe.skipIf(database.skipped)(`prune, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
    });
    afterAll(() => catalogue.drop());

    const on = (day: string) => ({ clock: { now: () => new Date(`${day}T03:00:00Z`), fixed: null, elapsed: () => performance.now() } });

    /** Imports a feed of March with a rejected record, and a later feed that stays. */
    async function harvested(): Promise<{ harvest: Harvest; old: RunReport; say: (...args: string[]) => Promise<CommandOutput> }> {
      const harvest = await newHarvest(catalogue, { guards: guardsOff });
      const old = await harvest.day([{ id: "1", titre: "Le toit" }, { id: "2" }], {}, on("2026-03-02"));
      await harvest.day([{ id: "1", titre: "Le toit vert" }], {}, on("2026-11-24"));
      return { harvest, old, say: (...args) => runCommandAt(now, catalogue, harvest.folder, args) };
    }

    it("shows what would be deleted, then deletes it; a second time nothing is left", async () => {
      const { old, say } = await harvested();
      const plain = (text: string) => text.replaceAll(/about [\d.]+ kB/g, "about … kB");
      const letter = { connector: "region-a", runId: old.runId, by: "marie", at: new Date("2020-05-04T09:00:00Z"), letter: {}, annex: [] };
      const letterId = await catalogue.letters.add({ ...letter, tokenHash: "of an old letter" });
      const announced = await say("prune", "--dry-run");
      expect(plain(announced.stdout)).toBe(
        `1 snapshot that no run has read for 180 days, of 2026-03-02, about … kB
1 rejected record that no run has seen for 90 days, of 2026-03-02, about … kB
0 rows of plans closed and runs aborted more than 30 days ago
0 runs older than 730 days that changed nothing
0 morning pages older than 365 days
1 letter to publishers older than 1095 days, of 2020-05-04, about … kB
0 revoked letters whose address was closed more than 365 days ago
0 shared previews that ended more than 90 days ago
0 reported errors last reported more than 365 days ago
0 entries of the audit trail older than 365 days
dry run: nothing was deleted
`,
      );
      expect(await catalogue.snapshots.has(old.feed.sha256 ?? "")).toBe(true);
      expect(await catalogue.letters.find(letterId)).not.toBeNull();
      const done = await say("prune");
      expect(await catalogue.letters.find(letterId)).toBeNull();
      expect(done.stdout).toBe(announced.stdout.replace(/^dry run.*$/m, "all this was deleted"));
      expect(await catalogue.snapshots.has(old.feed.sha256 ?? "")).toBe(false);
      expect((await say("prune")).stdout).toMatch(/^0 snapshots that no run has read for 180 days$[\s\S]*^nothing to delete$/m);
      expect((await say("prune", "--dry-run")).stdout).toMatch(/^nothing would be deleted$/m);
    });

    it("keeps data for the configured time, and prints the same as JSON", async () => {
      const { old, say } = await harvested();
      const kept = JSON.parse((await say("prune", "--snapshots", "268", "--rejected", "300", "--json")).stdout);
      expect(kept).toMatchObject({ dryRun: false, now: new Date(now).toISOString() });
      expect(kept.kinds).toContainEqual({ kind: "snapshots", keptDays: 268, count: 0, oldest: null, bytes: 0 });
      const announced = JSON.parse((await say("prune", "--dry-run", "--snapshots", "267", "--rejected", "300", "--json")).stdout);
      expect(announced.dryRun).toBe(true);
      const snapshots = announced.kinds.find(({ kind }: { kind: string }) => kind === "snapshots");
      expect(snapshots).toMatchObject({ keptDays: 267, count: 1, oldest: "2026-03-02T03:00:00.000Z" });
      const done = JSON.parse((await say("prune", "--snapshots", "267", "--rejected", "300", "--json")).stdout);
      expect(done.kinds).toEqual(announced.kinds);
      expect(await rejectedOf(catalogue, old.runId)).toHaveLength(1);
    });

    it("a run whose feed was pruned cannot run again, and says so", async () => {
      const { harvest, old, say } = await harvested();
      await say("prune");
      const again = await say("run", harvest.connector, "--snapshot", old.feed.sha256 ?? "");
      expect(again.exitCode).toBe(1);
      expect(again.stdout).toMatch(/snapshot [0-9a-f]{64} is no longer kept: run [0-9a-f]{8} read it on 2026-03-02/);
    });

    it.each([
      ["--snapshots", "0"],
      ["--runs", "soon"],
      ["--digests", "-1"],
      ["--staged", "36501"],
    ])("refuses %s %s", async (flag, value) => {
      const { error, stdout } = await runCommandAt(now, catalogue, "/", ["prune", flag, value]);
      expect(stdout).toBe("");
      expect(error).toMatchObject({ code: "commander.invalidArgument" });
      expect(String(error)).toContain("a whole number of days, 1 to 36500");
    });

    it("refuses to keep runs for less time than their data", async () => {
      const { error } = await runCommandAt(now, catalogue, "/", ["prune", "--runs", "100"]);
      expect(error).toBeInstanceOf(WrongSettings);
      expect(String(error)).toContain("--runs: expected at least 180");
    });
  });
}
