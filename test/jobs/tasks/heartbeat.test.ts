import { expect, it } from "vitest";
import { pingHeartbeat } from "../../../src/jobs/tasks/ping-heartbeat.ts";
import type { Worker } from "../../../src/jobs/worker/worker.ts";
import { type JobSetup, jobSetup } from "../job-setup.ts";
import { onEveryQueue } from "../on-every-queue.ts";

const goOn = new AbortController().signal;

/** Runs the task at a time of the morning of 25 November, in Paris. */
async function lookAt(house: JobSetup, time: string, catalogue = house.catalogue as Parameters<JobSetup["jobs"]>[1]): Promise<void> {
  const now = new Date(`2026-11-25T${time}:00+01:00`);
  const clock = { now: () => now, fixed: null, elapsed: () => performance.now() };
  const settings = { HEARTBEAT_URL: `${house.site.origin}/ping/s3cret` };
  await pingHeartbeat(house.jobs({ clock, settings }, catalogue), goOn);
}

/** Before 04:00, the time of the worker and of its runs. */
const due = { schedule: "15 3 * * *" };

/** A night with one scheduled run, which has ended. */
async function nightWithOneRun(house: JobSetup): Promise<Worker> {
  await house.connector("region-a", due);
  const worker = await house.worker();
  await house.ended((await house.ask("region-a", {}, "schedule")).runId);
  return worker;
}

const pings = (house: JobSetup) => house.site.requestedPaths.filter((path) => path.startsWith("/ping")).length;

onEveryQueue("the heartbeat", (tested) => {
  it("is sent once after a night with runs, whatever the number of workers and checks", async () => {
    const house = await jobSetup(tested);
    await nightWithOneRun(house);
    await lookAt(house, "05:29");
    expect(pings(house)).toBe(0);
    const others = await Promise.all([house.catalogue.again(), house.catalogue.again(), house.catalogue.again()]);
    await Promise.all(others.map((catalogue) => lookAt(house, "05:31", catalogue)));
    await lookAt(house, "05:33");
    await lookAt(house, "11:00");
    expect(pings(house)).toBe(1);
  });

  it("is not sent after a night without scheduled runs", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    await house.worker();
    await house.ended((await house.ask("region-a", {}, "marie")).runId);
    await lookAt(house, "05:31");
    expect(pings(house)).toBe(0);
  });

  it("is not sent while a scheduled run is missing", async () => {
    const house = await jobSetup(tested);
    await (await nightWithOneRun(house)).stop();
    await house.connector("region-missing", { schedule: "30 4 * * *" });
    await lookAt(house, "05:31");
    expect(pings(house)).toBe(0);
    const { runQueue } = house.catalogue;
    const now = new Date("2026-11-25T04:35:00Z");
    const { runId } = await runQueue.request({ connector: "region-missing", options: {}, by: "schedule", now });
    await runQueue.cancel(runId, "marie", now);
    await lookAt(house, "05:40");
    expect(pings(house)).toBe(1);
  });

  it("waits for the last run of the night", async () => {
    const house = await jobSetup(tested);
    await nightWithOneRun(house);
    await house.connector("region-slow", due);
    const release = house.site.hold("/region-slow.json");
    const slow = await house.ask("region-slow", {}, "schedule");
    await lookAt(house, "05:31");
    expect(pings(house)).toBe(0);
    release();
    await house.ended(slow.runId);
    await lookAt(house, "05:40");
    expect(pings(house)).toBe(1);
  });

  it("is sent by a later check if it failed", async () => {
    const house = await jobSetup(tested);
    await nightWithOneRun(house);
    house.site.answer("/ping/s3cret", { status: 500 });
    await lookAt(house, "05:31");
    house.site.answer("/ping/s3cret", {});
    await lookAt(house, "05:33");
    await lookAt(house, "05:35");
    expect(pings(house)).toBe(2);
  });
});
