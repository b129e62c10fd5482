import { expect, it } from "vitest";
import { onPostgresql } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

onQueue(onPostgresql, "runs of one connector", (tested) => {
  it("never overlap, however they are requested", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const first = await house.ask("region-exemple", {}, "schedule");
    await house.twoWorkers();
    const { report } = await house.ended(first.runId);
    await Promise.all([
      house.ask("region-exemple", {}, "schedule"),
      house.ask("region-exemple", { force: true }),
      house.ask("region-exemple", { dryRun: true }, "paul"),
      house.ask("region-exemple", { snapshot: report?.feed.sha256 ?? "" }),
    ]);
    await house.quiet();
    const runs = await house.runs("region-exemple");
    // Taking over a connector abandons its current run, so none was taken over.
    expect(runs.map(({ outcome }) => outcome).sort()).toEqual(["applied", "unchanged", "unchanged", "unchanged", "unchanged"]);
    expect(runs.map((run) => run.try)).toEqual([1, 1, 1, 1, 1]);
    expect(house.site.maxAtOnce).toBe(1);
  });

  it("queue once behind the current one, however often requested", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const release = house.site.hold();
    const first = await house.ask("region-exemple");
    expect(first).toMatchObject({ isNew: true, behind: null, queued: true });
    await house.twoWorkers();
    await until("the feed is requested", () => house.site.waiting === 1);
    const runs = [await house.ask("region-exemple"), await house.ask("region-exemple", {}, "schedule"), await house.ask("region-exemple")];
    expect(runs.map(({ isNew }) => isNew)).toEqual([true, false, false]);
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
    expect(runs.map(({ behind }) => behind)).toEqual([first.runId, first.runId, first.runId]);
    release();
    expect((await house.ended(first.runId)).outcome).toBe("applied");
    expect((await house.ended(runs[0]?.runId ?? "")).outcome).toBe("unchanged");
    expect(await house.runs("region-exemple")).toHaveLength(2);
  });

  it("run again after an earlier one has ended", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    await house.worker();
    const ids = new Set<string>();
    for (let times = 0; times < 3; times++) {
      const { runId, isNew } = await house.ask("region-exemple", { force: true });
      expect(isNew).toBe(true);
      await house.ended(runId);
      ids.add(runId);
    }
    expect(ids.size).toBe(3);
    expect(house.site.requestedPaths).toHaveLength(3);
    await until("the queue keeps no job that is done", async () => Object.values(await house.queue.depth()).every((jobs) => jobs === 0));
  });
});
