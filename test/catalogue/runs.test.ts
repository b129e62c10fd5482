import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RunDisplaced } from "../../src/model/run/run-error.ts";
import { bothDatabases, newCatalogue, postgresql, type TestCatalogue } from "../support/catalogues.ts";
import { flattened, importAids, madeAid, madeReport, planCreations, startRun, testNow } from "../support/made-aids.ts";

for (const database of bothDatabases) {
  describe.skipIf(database.skipped)(`runs, ${database.title}`, () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    test("tokens of a connector increase, independently of other connectors", async () => {
      expect(await catalogue.connectors.takeToken("a", testNow)).toBe(1);
      expect(await catalogue.connectors.takeToken("b", testNow)).toBe(1);
      expect(await catalogue.connectors.takeToken("a", testNow)).toBe(2);
    });

    test("a run cannot start with an older token, or for a connector without a token", async () => {
      await catalogue.connectors.takeToken("a", testNow);
      await catalogue.connectors.takeToken("a", testNow);
      const late = { runId: randomUUID(), connector: "a", token: 1, now: testNow, mappingFingerprint: "m", options: {} };
      await expect(catalogue.runs.start(late)).rejects.toBeInstanceOf(RunDisplaced);
      await expect(catalogue.runs.start({ ...late, connector: "b" })).rejects.toBeInstanceOf(RunDisplaced);
      expect(await catalogue.runs.list()).toEqual([]);
    });

    test("a run is found with its options and report; the list has the newest first", async () => {
      const first = await startRun(catalogue, "a");
      await catalogue.runs.recordFeed(first, { snapshotHash: "abc", etag: null, lastModified: "yesterday" });
      await catalogue.runs.end(first.runId, { outcome: "held", report: madeReport(first, "held"), now: testNow });
      const second = await startRun(catalogue, "a");
      const other = await startRun(catalogue, "b");
      expect((await catalogue.runs.list({ connector: "a" })).map((run) => [run.runId, run.state, run.outcome])).toEqual([
        [second.runId, "running", null],
        [first.runId, "ended", "held"],
      ]);
      expect(await catalogue.runs.list({ limit: 1 })).toHaveLength(1);
      const named = (begins: string) => catalogue.runs.list({ begins }).then((runs) => runs.map(({ runId }) => runId));
      expect(await named(first.runId)).toEqual([first.runId]);
      expect(await named(first.runId.slice(0, 12).toUpperCase())).toEqual([first.runId]);
      expect([await named("not an id"), await named(`${first.runId}0`), await named(first.runId.replaceAll("-", ""))]).toEqual([
        [],
        [],
        [],
      ]);
      expect(await catalogue.runs.find(first.runId)).toMatchObject({
        startedAt: testNow,
        snapshotHash: "abc",
        report: { outcome: "held" },
        options: {},
      });
      expect(await catalogue.runs.find(other.runId)).toMatchObject({ report: null, endedAt: null });
      expect(await catalogue.runs.find(randomUUID())).toBeNull();
    });

    test("the next run is compared only with an applied run, or an unchanged one that counts as applied", async () => {
      const feed = { snapshotHash: "abc", etag: '"1"', lastModified: null };
      const ended = async (outcome: "held" | "unreachable") => {
        const run = await startRun(catalogue, "a");
        await catalogue.runs.recordFeed(run, feed);
        await catalogue.runs.end(run.runId, { outcome, report: madeReport(run, outcome), now: testNow });
        return catalogue.appliedRuns.last("a");
      };
      const unchanged = async (countsAsApplied: boolean) => {
        const run = await startRun(catalogue, "a");
        await catalogue.runs.endUnchanged(run.runId, { report: madeReport(run, "unchanged"), now: testNow, feed, countsAsApplied });
        return { run, last: await catalogue.appliedRuns.last("a") };
      };
      expect(await ended("held")).toBeNull();
      expect((await unchanged(false)).last).toBeNull();
      const { run, last } = await unchanged(true);
      expect(last).toMatchObject({ runId: run.runId, ...feed, report: { outcome: "unchanged" } });
      expect(await catalogue.runs.find(run.runId)).toMatchObject({ outcome: "unchanged", appliedAt: testNow, appliedBy: "run" });
      expect((await ended("unreachable"))?.runId).toBe(run.runId);
      expect((await unchanged(false)).last?.runId).toBe(run.runId);
      expect(await catalogue.appliedRuns.last("b")).toBeNull();
    });

    test("a displaced run stays abandoned, and its end changes nothing else", async () => {
      const displaced = await startRun(catalogue, "a");
      const feed = { snapshotHash: "abc", etag: null, lastModified: null };
      await catalogue.runs.recordFeed(displaced, feed);
      await startRun(catalogue, "a");
      const report = madeReport(displaced, "unchanged");
      await catalogue.runs.endUnchanged(displaced.runId, { report, now: testNow, feed, countsAsApplied: true });
      expect(await catalogue.appliedRuns.last("a")).toBeNull();
      expect(await catalogue.runs.find(displaced.runId)).toMatchObject({ outcome: "abandoned", report: null });
      await catalogue.runs.end(displaced.runId, { outcome: "abandoned", report: madeReport(displaced, "abandoned"), now: testNow });
      expect((await catalogue.runs.find(displaced.runId))?.report?.outcome).toBe("abandoned");
    });

    test("a closed plan cannot be applied", async () => {
      const run = await startRun(catalogue, "a");
      const planId = await planCreations(catalogue, run, [madeAid("1")], { waits: true });
      await catalogue.plans.close(planId, "discarded", { now: testNow, by: "ops" });
      await expect(catalogue.plans.apply(planId, { ...run, now: testNow, appliedBy: "ops" })).rejects.toMatchObject({
        code: "plan-closed",
        params: { state: "discarded" },
      });
      expect(await catalogue.plans.list({ connector: "a" })).toMatchObject([{ planId, state: "discarded", counts: { created: 1 } }]);
    });
  });
}

describe.skipIf(postgresql.skipped)(`two workers at once, ${postgresql.title}`, () => {
  test("runs of different connectors do not disturb each other", async () => {
    const catalogue = await newCatalogue(postgresql);
    const other = await catalogue.again();
    const many = Array.from({ length: 400 }, (_, index) => madeAid(String(index)));
    await Promise.all([
      importAids(catalogue, "a", many),
      importAids(other, "b", many),
      importAids(catalogue, "c", many),
      importAids(other, "d", many),
    ]);
    for (const connector of ["a", "b", "c", "d"]) expect(await catalogue.aids.count(connector)).toBe(400);
    await catalogue.drop();
  });

  test("a connector that is taken over repeatedly while its runs write ends like after one undisturbed run", async () => {
    const catalogue = await newCatalogue(postgresql);
    const other = await catalogue.again();
    const many = Array.from({ length: 50 }, (_, index) => madeAid(String(index)));
    const ends = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) =>
        importAids(
          index % 2 ? catalogue : other,
          "a",
          many.map((aid) => madeAid(aid.externalId)),
        ),
      ),
    );
    for (const end of ends) if (end.status === "rejected") expect(end.reason).toBeInstanceOf(RunDisplaced);
    await importAids(catalogue, "a", many);
    const ids = (await flattened(catalogue.aids.list())).map((aid) => aid.externalId);
    expect(ids).toEqual(many.map((aid) => aid.externalId).sort());
    await catalogue.drop();
  });
});
