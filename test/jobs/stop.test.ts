import { expect, it } from "vitest";
import { onPostgresql } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

onQueue(onPostgresql, "a worker that is asked to stop", (tested) => {
  it("finishes its current run and starts no other", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    await house.connector("region-b");
    const release = house.site.hold();
    const first = await house.ask("region-a");
    const worker = await house.worker({ settings: { MOISSON_RUNS_AT_ONCE: "1" } });
    await until("the feed is requested", () => house.site.waiting === 1);
    const stopped = worker.stop();
    const second = await house.ask("region-b");
    release();
    await stopped;
    expect(await house.ended(first.runId)).toMatchObject({ outcome: "applied", try: 1 });
    expect((await house.catalogue.runs.find(second.runId))?.state).toBe("queued");
    expect(house.site.requestedPaths).toEqual(["/region-a.json"]);
  });

  it("hands back a run that takes too long; another worker does it, and the attempt does not count", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const release = house.site.hold();
    const { runId } = await house.ask("region-a");
    const worker = await house.worker({ settings: { MOISSON_GRACE_SECONDS: "0.1" } });
    await until("the feed is requested", () => house.site.waiting === 1);
    await worker.stop();
    expect(await house.ended(runId)).toMatchObject({ outcome: "abandoned", report: { error: { code: "handed-back" } } });
    expect(await house.catalogue.runQueue.waiting()).toMatchObject([{ connector: "region-a", try: 1, seconds: 0, askedBy: "marie" }]);
    release();
    await house.worker();
    await house.quiet();
    expect((await house.runs("region-a")).map((run) => [run.outcome, run.try, run.triesAgain])).toEqual([
      ["abandoned", 1, null],
      ["applied", 1, runId],
    ]);
  });
});
