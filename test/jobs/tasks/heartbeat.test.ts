import { expect, it } from "vitest";
import type { Catalogue } from "../../../src/catalogue/open-catalogue.ts";
import { pingHeartbeat } from "../../../src/jobs/tasks/ping-heartbeat.ts";
import { testNow } from "../../support/made-aids.ts";
import { inProcess } from "../../support/queues.ts";
import { type JobSetup, jobSetup } from "../job-setup.ts";
import { onQueue } from "../on-queue.ts";
import { type WorkerWithClock, workerWithClock } from "../worker-with-clock.ts";

const goOn = new AbortController().signal;

/** The worker of a night, whose clock the heartbeat shares, as all processes share the database's. */
interface Night extends WorkerWithClock {
  /** Runs the duty at a time of the morning of 25 November, in Paris. */
  lookAt(time: string, catalogue?: Catalogue): Promise<void>;
}

async function nightOf(house: JobSetup): Promise<Night> {
  const worker = await workerWithClock(house, testNow);
  return {
    ...worker,
    lookAt: async (time, catalogue = house.catalogue) => {
      worker.setClock(new Date(`2026-11-25T${time}:00+01:00`));
      const settings = { HEARTBEAT_URL: `${house.site.origin}/ping/s3cret` };
      await pingHeartbeat(house.jobs({ clock: worker.clock, settings }, catalogue), goOn);
    },
  };
}

/** Before 04:00, when the night's run starts. */
const due = { schedule: "15 3 * * *" };

/** A night with one scheduled run, which has ended. */
async function nightWithOneRun(house: JobSetup): Promise<Night> {
  await house.connector("region-a", due);
  const night = await nightOf(house);
  await house.ended((await house.ask("region-a", {}, "schedule")).runId);
  return night;
}

const pings = (house: JobSetup) => house.site.requestedPaths.filter((path) => path.startsWith("/ping")).length;

onQueue(inProcess, "the heartbeat", (tested) => {
  it("is sent once after a night with runs, whatever the number of workers and checks", async () => {
    const house = await jobSetup(tested);
    const night = await nightWithOneRun(house);
    await night.lookAt("05:29");
    expect(pings(house)).toBe(0);
    const others = await Promise.all([house.catalogue.again(), house.catalogue.again(), house.catalogue.again()]);
    await Promise.all(others.map((catalogue) => night.lookAt("05:31", catalogue)));
    await night.looked();
    await night.lookAt("05:33");
    await night.looked();
    await night.lookAt("11:00");
    expect(pings(house)).toBe(1);
  });

  it("is not sent after a night without scheduled runs", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const night = await nightOf(house);
    await house.ended((await house.ask("region-a", {}, "marie")).runId);
    await night.lookAt("05:31");
    expect(pings(house)).toBe(0);
  });

  it("is not sent while a scheduled run is missing", async () => {
    const house = await jobSetup(tested);
    const night = await nightWithOneRun(house);
    await night.worker.stop();
    await house.connector("region-missing", { schedule: "30 4 * * *" });
    await night.lookAt("05:31");
    expect(pings(house)).toBe(0);
    const { runQueue } = house.catalogue;
    const now = new Date("2026-11-25T04:35:00Z");
    const { runId } = await runQueue.request({ connector: "region-missing", options: {}, by: "schedule", now });
    await runQueue.cancel(runId, "marie", now);
    await night.lookAt("05:40");
    expect(pings(house)).toBe(1);
  });

  it("waits for the last run of the night", async () => {
    const house = await jobSetup(tested);
    const night = await nightWithOneRun(house);
    await house.connector("region-slow", due);
    const release = house.site.hold("/region-slow.json");
    const slow = await house.ask("region-slow", {}, "schedule");
    await night.lookAt("05:31");
    expect(pings(house)).toBe(0);
    release();
    await house.ended(slow.runId);
    await night.lookAt("05:40");
    expect(pings(house)).toBe(1);
  });

  it("is sent by a later check if it failed", async () => {
    const house = await jobSetup(tested);
    const night = await nightWithOneRun(house);
    house.site.answer("/ping/s3cret", { status: 500 });
    await night.lookAt("05:31");
    house.site.answer("/ping/s3cret", {});
    await night.lookAt("05:33");
    await night.lookAt("05:35");
    expect(pings(house)).toBe(2);
  });
});
