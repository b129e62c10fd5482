import { expect, it } from "vitest";
import type { Services } from "../../src/ingest/run-inputs.ts";
import { requestRun } from "../../src/jobs/queue/request-run.ts";
import type { RunQueue } from "../../src/jobs/queue/run-queue.ts";
import { onPostgresql } from "../support/queues.ts";
import { until } from "../support/until.ts";
import { jobSetup } from "./job-setup.ts";
import { onQueue } from "./on-queue.ts";

onQueue(onPostgresql, "a queue that loses its data", (tested) => {
  it("loses no run, queued or running, and each is done once", async () => {
    const house = await jobSetup(tested);
    for (const id of ["region-a", "region-b", "region-c"]) await house.connector(id);
    const release = house.site.hold();
    const active = await house.ask("region-a");
    await house.worker({ settings: { MOISSON_RUNS_AT_ONCE: "1" } });
    await until("the feed is requested", () => house.site.waiting === 1);
    const waiting = [await house.ask("region-b"), await house.ask("region-c", {}, "schedule")];
    await house.testQueue.empty();
    release();
    for (const { runId } of [active, ...waiting]) expect(await house.ended(runId)).toMatchObject({ outcome: "applied", try: 1 });
    await house.quiet();
    expect([...house.site.requestedPaths].sort()).toEqual(["/region-a.json", "/region-b.json", "/region-c.json"]);
  });

  it("does not fill a worker's log while its server restarts", async () => {
    const house = await jobSetup(tested);
    const complaining = Object.create(house.queue) as RunQueue;
    complaining.work = (options) => {
      for (let times = 0; times < 130; times++)
        options.onTrouble(Object.assign(new Error("the database system is starting up"), { code: "57P03" }));
      return house.queue.work(options);
    };
    const warned: unknown[][] = [];
    const logger = { warn: (...said: unknown[]) => warned.push(said), error: () => undefined } as unknown as Services["logger"];
    await house.worker({ queue: complaining, logger });
    const cause = house.queue.kind === "redis" ? "redis-away" : "database-away";
    expect(warned).toEqual([[{ cause, reason: "57P03", where: "queue" }, expect.stringContaining("does not answer")]]);
  });

  it("does not prevent requests while it does not answer", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    const silent = Object.create(house.queue) as RunQueue;
    silent.put = () => Promise.reject(new Error("no answer"));
    const requested = await requestRun(house.catalogue, silent, { connector: "region-a", options: {}, by: "marie", now: new Date() });
    expect(requested).toMatchObject({ isNew: true, queued: false });
    await house.worker();
    expect(await house.ended(requested.runId)).toMatchObject({ outcome: "applied", try: 1 });
  });
});
