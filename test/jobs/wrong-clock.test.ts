import { afterEach, expect, it, vi } from "vitest";
import { databaseClock } from "../../src/catalogue/database-clock.ts";
import { gatherDigest } from "../../src/jobs/digest/gather-digest.ts";
import { inProcess } from "../support/queues.ts";
import { type JobSetup, jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";
import { workerWithClock } from "./worker-with-clock.ts";

const twoDaysMs = 2 * 86_400_000;
const at = (paris: string) => new Date(`${paris.replace(" ", "T")}:00+01:00`);

/** Starts a worker on 24 November. Its `setClock` waits for the end of the runs that become due. */
async function workerOfDays(house: JobSetup): Promise<{ readonly logged: readonly unknown[]; setClock(now: Date): Promise<void> }> {
  const { logged, setClock, looked } = await workerWithClock(house, at("2026-11-24 12:00"));
  return {
    logged,
    setClock: async (now) => {
      setClock(now);
      await looked();
      await house.quiet();
    },
  };
}

afterEach(() => void vi.useRealTimers());

onQueue(inProcess, "a clock that is two days ahead for a moment", (tested) => {
  it("costs no night: both nights after it run, and the digest and the log say what happened", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a", { schedule: "15 2 * * *", state: "active" });
    const { logged, setClock } = await workerOfDays(house);
    await setClock(at("2026-11-24 12:00"));
    await setClock(new Date(at("2026-11-24 12:00").getTime() + twoDaysMs));
    await setClock(at("2026-11-24 12:01"));
    const before = (await house.runs("region-a")).length;
    for (const [night, count] of [
      ["2026-11-25", 1],
      ["2026-11-26", 2],
    ] as const) {
      await setClock(at(`${night} 02:15`));
      expect(await house.runs("region-a"), night).toHaveLength(before + count);
    }
    expect(JSON.stringify(logged)).toContain("region-a until 2026-11-26T01:15:00.000Z");

    const [since, now] = [at("2026-11-24 06:30"), at("2026-11-25 06:30")];
    const registry = await house.jobs().registry();
    const { ops } = await gatherDigest(house.catalogue, { ...registry, environment: {} }, { since, until: now }, now);
    expect(ops.futureDueTimes).toMatchObject([{ connector: "region-a" }]);
  });

  it("does not delay a run for days", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const ask = { connector: "region-a", options: {}, by: "schedule", now: at("2026-11-25 02:15") };
    const { runId } = await house.catalogue.runQueue.request(ask);
    await house.queue.put([{ runId, connector: "region-a", afterMs: twoDaysMs, rank: "usual" }]);
    await house.worker();
    expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
  });

  it("does not change the clock of a process, which shows the database's time", async () => {
    const { catalogue } = await jobSetup(tested);
    const truth = (await catalogue.schedule.databaseTime()).getTime();
    vi.useFakeTimers({ toFake: ["Date"], now: truth + twoDaysMs });
    const clock = await databaseClock(catalogue, null);
    // The embedded database reads the clock of this process.
    const expected = catalogue.kind === "embedded" ? truth + twoDaysMs : truth;
    expect(Math.abs(clock.now().getTime() - expected)).toBeLessThan(60_000);
    expect((await databaseClock(catalogue, "2026-11-25T02:00:00Z")).now()).toEqual(new Date("2026-11-25T02:00:00Z"));
  });
});
