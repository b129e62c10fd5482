import { rm } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { checkRuns, requestDueRuns, watchDueRuns } from "../../src/jobs/worker/check-runs.ts";
import { testNow } from "../support/made-aids.ts";
import { inProcess } from "../support/queues.ts";
import { type JobSetup, jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

const daily = { schedule: "15 2 * * *" };

/** Returns services at an instant in Paris, in winter: "2026-11-25 02:15". */
function jobsAt(house: JobSetup, instant: string, catalogue = house.catalogue as Parameters<JobSetup["jobs"]>[1]) {
  const now = new Date(`${instant.replace(" ", "T")}:00+01:00`);
  return house.jobs({ clock: { now: () => new Date(now), fixed: null, elapsed: () => performance.now() } }, catalogue);
}

onQueue(inProcess, "schedules", (tested) => {
  it("request each run once, whatever the number of workers", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a", daily);
    await house.connector("region-b", { schedule: "20 2 * * *" });
    expect(await requestDueRuns(jobsAt(house, "2026-11-24 12:00"))).toEqual([]);
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 02:14"))).toEqual([]);
    const catalogues = await Promise.all(Array.from({ length: 6 }, () => house.catalogue.again()));
    const requested = await Promise.all(catalogues.map((catalogue) => requestDueRuns(jobsAt(house, "2026-11-25 02:15", catalogue))));
    expect(requested.flat()).toEqual(["region-a"]);
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 02:16"))).toEqual([]);
    expect(await house.catalogue.runQueue.waiting()).toMatchObject([{ connector: "region-a", askedBy: "schedule", try: 1 }]);
  });

  it("are read again each minute, and after a change of due times, pauses or connectors", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a", daily);
    await requestDueRuns(jobsAt(house, "2026-11-24 12:00"));
    const { schedule } = house.catalogue;
    let [now, reads] = [new Date("2026-11-25T01:14:50Z"), 0];
    const jobs = house.jobs({ clock: { now: () => now, fixed: null, elapsed: () => performance.now() } });
    let loaded = await jobs.connectors();
    const counted = Object.assign(Object.create(schedule) as typeof schedule, {
      lastDueTimes: () => {
        reads++;
        return schedule.lastDueTimes();
      },
    });
    const catalogue = { ...jobs.services.catalogue, schedule: counted };
    const look = watchDueRuns({ ...jobs, services: { ...jobs.services, catalogue }, connectors: async () => loaded });
    const looks = async (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000);
      return [await look(), reads];
    };
    expect(await looks(0)).toEqual([[], 1]);
    expect(await looks(5)).toEqual([[], 1]);
    expect(await looks(5)).toEqual([["region-a"], 2]);
    // Its own request has changed the due times.
    expect(await looks(2)).toEqual([[], 3]);
    expect(await looks(2)).toEqual([[], 3]);
    await schedule.pause({ connector: "region-a", by: "Marie", at: now, reason: "" });
    expect(await looks(2)).toEqual([[], 4]);
    loaded = [...loaded];
    expect(await looks(2)).toEqual([[], 5]);
    await house.catalogue.store.rows(sql`update due_times set done_for = done_for - interval '1 day'`);
    expect(await looks(2)).toEqual([[], 6]);
    await schedule.resume("region-a", new Date("2026-11-24T11:00:00Z"));
    expect(await looks(2)).toEqual([["region-a"], 7]);
  });

  it("lose nothing if a worker dies between noting and requesting", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a", daily);
    await requestDueRuns(jobsAt(house, "2026-11-24 12:00"));
    const due = new Date("2026-11-25T01:15:00Z");
    // An author that the database refuses interrupts the request, like a crash.
    const dying = { by: "\u0000", now: due };
    await expect(house.catalogue.runQueue.requestDue(new Map([["region-a", due]]), dying)).rejects.toThrow();
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 02:16"))).toEqual(["region-a"]);
  });

  it("catch up once, within a day, on runs that were due while no worker ran", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a", daily);
    await house.connector("region-weekly", { schedule: "0 4 * * 3" });
    await requestDueRuns(jobsAt(house, "2026-11-20 12:00"));
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 11:00"))).toEqual(["region-a", "region-weekly"]);
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 11:01"))).toEqual([]);
    expect(await house.catalogue.runQueue.waiting()).toHaveLength(2);
    expect(await requestDueRuns(jobsAt(house, "2026-12-03 11:00"))).toEqual(["region-a"]);
  });

  it("start with the next time of a new connector, even if it is a week away", async () => {
    const house = await jobSetup(tested);
    await requestDueRuns(jobsAt(house, "2026-11-20 12:00"));
    await house.connector("region-a", daily);
    await house.connector("region-weekly", { schedule: "0 4 * * 3" });
    expect(await requestDueRuns(jobsAt(house, "2026-11-20 12:01"))).toEqual([]);
    expect(await requestDueRuns(jobsAt(house, "2026-11-21 02:15"))).toEqual(["region-a"]);
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 02:15"))).toEqual(["region-a"]);
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 04:00"))).toEqual(["region-weekly"]);
  });

  it("request nothing for a paused connector, and do not catch up when it resumes", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a", daily);
    await requestDueRuns(jobsAt(house, "2026-11-24 12:00"));
    const { schedule } = house.catalogue;
    await schedule.pause({ connector: "region-a", by: "marie", at: new Date(), reason: null });
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 02:15"))).toEqual([]);
    await schedule.resume("region-a", new Date("2026-11-25T09:00:00Z"));
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 11:00"))).toEqual([]);
    expect(await requestDueRuns(jobsAt(house, "2026-11-26 02:15"))).toEqual(["region-a"]);
  });

  it("run a paused connector on a person's request, but not on its schedule", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const scheduled = await house.ask("region-a", {}, "schedule");
    await house.catalogue.schedule.pause({ connector: "region-a", by: "marie", at: new Date(), reason: null });
    const named = await house.ask("region-a", { force: true });
    await house.worker();
    expect(await house.ended(named.runId)).toMatchObject({ outcome: "applied" });
    expect((await house.catalogue.runs.find(scheduled.runId))?.state).toBe("queued");
  });

  it("stop completely while everything is paused, even for requests by name; queued runs start on resume", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a", daily);
    await house.connector("region-b");
    await requestDueRuns(jobsAt(house, "2026-11-24 12:00"));
    await house.catalogue.schedule.pause({ connector: "*", by: "marie", at: new Date(), reason: "release" });
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 02:15"))).toEqual(["region-a"]);
    await house.ask("region-b");
    const { queued } = await pausedRuns(house);
    expect(queued).toBe(2);
    await house.catalogue.schedule.resume("*", new Date());
    await house.twoWorkers();
    await house.quiet();
    expect([...(await house.runs("region-a")), ...(await house.runs("region-b"))].map(({ outcome }) => outcome)).toEqual([
      "applied",
      "applied",
    ]);
  });

  it("remove the schedule and the queued run of a removed connector", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a", daily);
    await house.connector("region-b", daily);
    await requestDueRuns(jobsAt(house, "2026-11-24 12:00"));
    const waiting = await house.ask("region-a", {}, "schedule");
    await rm(join(house.folder, "connectors", "region-a.json"));
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 02:15"))).toEqual(["region-b"]);
    // A worker that does not know the connector may be an older version, so for an hour others may run it.
    const later = new Date(testNow.getTime() + 2 * 3_600_000);
    const first = await house.worker();
    expect((await house.catalogue.runs.find(waiting.runId))?.state).toBe("queued");
    await first.stop();
    await house.worker({ clock: { now: () => later, fixed: null, elapsed: () => performance.now() } });
    expect(await house.ended(waiting.runId)).toMatchObject({ outcome: "cancelled" });
    expect(house.site.requestedPaths).not.toContain("/region-a.json");
  });

  it("continue for the others if one pattern never occurs or the connectors cannot be read", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-never", { schedule: "0 4 30 2 *" });
    await house.connector("region-zone", daily);
    await requestDueRuns(jobsAt(house, "2026-11-24 12:00"));
    expect(await requestDueRuns(jobsAt(house, "2026-11-25 02:15"))).toEqual(["region-zone"]);
    await house.testQueue.empty();
    const unreadable = {
      ...house.jobs({}, house.catalogue, house.testQueue.open()),
      connectors: () => Promise.reject(new Error("no folder")),
    };
    await expect(requestDueRuns(unreadable)).rejects.toThrow("no folder");
    await checkRuns(unreadable);
    const waiting = (await house.catalogue.runQueue.waiting()).map(({ runId }) => runId);
    expect(waiting).toHaveLength(1);
    expect(await unreadable.queue.missing(waiting)).toEqual([]);
    const never = (await unreadable.services.catalogue.schedule.lastDueTimes()).has("region-never");
    expect(never).toBe(true);
  });
});

/** Counts the queued runs after a worker has checked them while everything is paused. */
async function pausedRuns(house: JobSetup): Promise<{ queued: number }> {
  const waiting = await house.catalogue.runQueue.waiting();
  for (const { runId } of waiting) {
    const claim = await house.catalogue.runQueue.claim(runId, {
      worker: "w",
      leaseSeconds: 5,
      pauseSeconds: 0,
      host: null,
      mappingFingerprint: "",
      now: new Date(),
    });
    expect(claim).toMatchObject({ kind: "wait", reason: "paused" });
  }
  return { queued: waiting.length };
}
