import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { createMetrics } from "../../src/jobs/monitoring/metrics.ts";
import { checkRuns } from "../../src/jobs/worker/check-runs.ts";
import { testNow } from "../support/made-aids.ts";
import { onPostgresql } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { type JobSetup, jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

const shortLock = { MOISSON_LOCK_SECONDS: "2" };

/** Claims the run like a worker that dies. */
async function claimAndDie(house: JobSetup, runId: string, worker = "elsewhere:1:00000000"): Promise<void> {
  const terms = { worker, leaseSeconds: 2, pauseSeconds: 0, host: null, mappingFingerprint: "", now: testNow };
  await until("the run is claimed", async () => (await house.catalogue.runQueue.claim(runId, terms)).kind === "claimed");
}

onQueue(onPostgresql, "lost workers", (tested) => {
  it("abandon their run when they die, and another worker retries it", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const { runId } = await house.ask("region-exemple");
    await house.testQueue.takeAndDie();
    await claimAndDie(house, runId);
    await house.worker({ settings: shortLock });
    expect(await house.ended(runId)).toMatchObject({ outcome: "abandoned", try: 1 });
    await house.quiet();
    const [, again, ...more] = await house.runs("region-exemple");
    expect(again).toMatchObject({ outcome: "applied", try: 1, alone: true, triesAgain: runId, askedBy: "marie" });
    expect(more).toEqual([]);
    expect(await createMetrics(house.jobs()).text()).toMatch(/^moisson_lost_runs 1$/m);
  });

  const since = new Date(testNow.getTime() + 1000);
  const before = new Date(testNow.getTime() - 1000);
  it.each([
    [
      "use a try of a run from its second loss alone on if their machine has done another connector's run since",
      since,
      [1, 1, 1, 2, 3, 4, 5],
    ],
    ["use a try of a run from its tenth loss alone on if their machine does no run", before, [...Array(10).fill(1), 1, 2, 3, 4, 5]],
  ])("%s", async (_, otherEnded, tries) => {
    const house = await jobSetup(tested);
    for (const id of ["region-exemple", "other-exemple"]) await house.connector(id);
    const { runId: other } = await house.ask("other-exemple");
    await claimAndDie(house, other, "elsewhere:2:00000001");
    await house.catalogue.store.rows(sql`
      update runs set state = 'ended', outcome = 'unchanged', ended_at = ${otherEnded.toISOString()}::timestamptz where id = ${other}::uuid`);
    await house.ask("region-exemple");
    const jobs = house.jobs({ settings: { MOISSON_LOCK_SECONDS: "0.001" } });
    for (const [losses, tried] of tries.entries()) {
      const [run] = await house.catalogue.runQueue.waiting();
      expect(run).toMatchObject({ try: tried, alone: losses > 0 });
      await claimAndDie(house, run?.runId ?? "");
      await until("the lost run is seen", async () => (await checkRuns(jobs)).abandoned.includes(run?.runId ?? ""));
    }
    expect(await house.catalogue.runQueue.waiting()).toEqual([]);
    const runs = await house.runs("region-exemple");
    expect(runs.map(({ outcome, state, try: tried }) => [tried, state, outcome])).toEqual(
      tries.map((tried) => [tried, "ended", "abandoned"]),
    );
  });

  it("leave no run behind if the queue dropped the job before its start", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const { runId } = await house.ask("region-exemple");
    await house.testQueue.takeAndDie();
    await house.testQueue.giveUpLostJobs();
    const other = house.testQueue.open();
    expect(await other.missing([runId])).toEqual([runId]);
    expect((await house.catalogue.runs.find(runId))?.state).toBe("queued");
    await house.worker({ queue: other });
    expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
  });

  it("keep the options of their request when a run of another kind takes over the connector", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const lost = await house.ask("region-exemple", {}, "schedule");
    await house.testQueue.takeAndDie();
    const terms = { worker: "elsewhere:1:00000000", leaseSeconds: 0, pauseSeconds: 0, host: null, mappingFingerprint: "", now: testNow };
    await house.catalogue.runQueue.claim(lost.runId, terms);
    const preview = await house.ask("region-exemple", { dryRun: true });
    const taken = await house.catalogue.runQueue.claim(preview.runId, terms);
    expect(taken.kind).toBe("claimed");
    expect((await house.ended(lost.runId)).outcome).toBe("abandoned");
    expect(await house.catalogue.runQueue.waiting()).toMatchObject([{ askedBy: "schedule", options: {}, try: 1, alone: true }]);
  });

  it("do not affect a run outside the queue, whose caller saw it end", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-exemple");
    const token = await house.catalogue.connectors.takeToken("region-exemple", new Date());
    const runId = "00000000-0000-4000-8000-000000000001";
    await house.catalogue.runs.start({
      runId,
      connector: "region-exemple",
      token,
      now: new Date(),
      mappingFingerprint: "",
      options: { dryRun: true },
    });
    const jobs = house.jobs({ settings: { MOISSON_LOCK_SECONDS: "0.001" } });
    await until("the lost run is seen", async () => (await checkRuns(jobs)).abandoned.includes(runId));
    expect(await house.ended(runId)).toMatchObject({ outcome: "abandoned" });
    expect(await house.catalogue.runQueue.waiting()).toEqual([]);
  });
});
