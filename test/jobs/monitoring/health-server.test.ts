import { createConnection } from "node:net";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { expect, it, onTestFinished } from "vitest";
import { openHealthServer, type Watched } from "../../../src/jobs/monitoring/health-server.ts";
import { createMetrics } from "../../../src/jobs/monitoring/metrics.ts";
import type { RunQueue } from "../../../src/jobs/queue/run-queue.ts";
import type { Worker } from "../../../src/jobs/worker/worker.ts";
import { WrongSettings } from "../../../src/platform/config.ts";
import { onPostgresql } from "../../support/queues.ts";
import { type JobSetup, jobSetup } from "../job-setup.ts";
import { onQueue } from "../on-queue.ts";

/** A worker that takes runs. */
const idle: Worker = {
  sinceLook: () => 1000,
  sinceTask: () => 1000,
  state: () => ({ sickFor: null, since: null, leaveFor: null }),
  left: new Promise(() => undefined),
  stop: async () => undefined,
};

async function healthOf(house: JobSetup, changes: Partial<Watched> = {}) {
  const { catalogue, queue } = house;
  const metrics = createMetrics(house.jobs());
  const watched: Watched = { catalogue, queue, worker: idle, metrics, settings: house.jobs().settings, ...changes };
  const server = await openHealthServer(0, watched);
  onTestFinished(() => server.close());
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return { status: answer.status, body: await answer.text() };
  };
  return { ...server, metrics, get };
}

onQueue(onPostgresql, "the health of a worker", (tested) => {
  it("is served over HTTP: figures, liveness, readiness", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    await house.connector("region-gone");
    house.site.answer("/region-gone.json", { status: 404 });
    const health = await healthOf(house);
    const looked = new Promise<void>((done) => {
      const watcher = {
        ...health.metrics,
        onLook: (found: Parameters<NonNullable<typeof health.metrics.onLook>>[0]) => done(health.metrics.onLook?.(found)),
      };
      void house.worker({ watcher });
    });
    await looked;
    for (const id of ["region-a", "region-gone"]) await house.ended((await house.ask(id)).runId);
    await house.quiet();
    expect(await health.get("/live")).toEqual({ status: 200, body: "live\n" });
    expect(await health.get("/ready")).toEqual({ status: 200, body: expect.stringMatching(/^ready, version \d+\.\d+\.\d+\n$/) });
    const { status, body } = await health.get("/metrics");
    expect(status).toBe(200);
    for (const line of [
      'moisson_runs_total{connector="region-a",outcome="applied"} 1',
      'moisson_runs_total{connector="region-gone",outcome="refused"} 1',
      'moisson_records_total{connector="region-a",result="created"} 2',
      'moisson_queue_jobs{state="waiting"} 0',
      'moisson_stage_seconds_count{stage="fetch"}',
    ])
      expect(body).toContain(line);
    expect(body).toMatch(/moisson_last_applied_timestamp_seconds\{connector="region-a"\} \d{10}/);
    expect(body).toMatch(/moisson_looks_total [1-9]/);
    expect((await health.get("/")).status).toBe(404);
  });

  it("is live but not ready while the queue or the catalogue does not answer", async () => {
    const house = await jobSetup(tested);
    const silent = Object.create(house.queue) as RunQueue;
    silent.depth = () => Promise.reject(new Error("redis://:s3cret@host does not answer"));
    const health = await healthOf(house, { queue: silent });
    expect(await health.get("/ready")).toEqual({ status: 503, body: "catalogue or queue do not answer\n" });
    silent.depth = () => Promise.reject(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
    const cause = tested.kind === "redis" ? "Redis does not answer" : "the database does not answer";
    expect(await health.get("/ready")).toEqual({ status: 503, body: `takes no run: ${cause}\n` });
    expect((await health.get("/live")).status).toBe(200);
  });

  it("is not ready while its worker is sick or ends for a migration, and says why", async () => {
    const house = await jobSetup(tested);
    const since = new Date("2026-11-25T01:10:00Z");
    const sick = { ...idle, state: () => ({ sickFor: "temporary-disk-full" as const, since, leaveFor: null }) };
    const answer = await (await healthOf(house, { worker: sick })).get("/ready");
    expect(answer).toEqual({
      status: 503,
      body: expect.stringMatching(/^takes no run since 2026-11-25T01:10:00\.000Z: .*temporary folder/),
    });
    const leaving = { ...idle, state: () => ({ sickFor: null, since: null, leaveFor: "0001_machine_faults" }) };
    expect(await (await healthOf(house, { worker: leaving })).get("/ready")).toMatchObject({
      status: 503,
      body: expect.stringContaining("0001_machine_faults"),
    });
  });

  it.skipIf(tested.kind === "in-process")("is not ready while it could not claim a run", async () => {
    const house = await jobSetup(tested);
    await house.connector("region-a");
    await house.ask("region-a");
    const health = await healthOf(house);
    expect(await health.get("/ready")).toMatchObject({ status: 200 });
    const { store } = await house.catalogue.connect();
    await store.transaction(async (transaction) => {
      await transaction.rows(sql`lock table connectors in exclusive mode`);
      expect(await health.get("/ready")).toMatchObject({ status: 503 });
    });
    expect(await health.get("/ready")).toMatchObject({ status: 200 });
    expect((await house.catalogue.runQueue.waiting()).length).toBe(1);
  });

  it("is not live if it has checked nothing for minutes, or if a task does not end", async () => {
    const house = await jobSetup(tested);
    const stuck = async (look: number, task: number) => {
      const health = await healthOf(house, { worker: { ...idle, sinceLook: () => look, sinceTask: () => task } });
      return health.get("/live");
    };
    expect(await stuck(121_000, 0)).toEqual({ status: 503, body: "no look for 121 s\n" });
    expect(await stuck(0, 3_601_000)).toEqual({ status: 503, body: "a task has not ended for 3601 s\n" });
  });

  it("is not affected by requests to unknown addresses", async () => {
    const house = await jobSetup(tested);
    const health = await healthOf(house);
    for (const path of ["//", "http://[", "/%zz", "*"]) {
      const socket = createConnection(health.port, "127.0.0.1");
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 (404|400)/);
    }
    expect((await health.get("/live?probe=1")).status).toBe(200);
  });

  it("reports that its port is in use", async () => {
    const house = await jobSetup(tested);
    const { port } = await healthOf(house);
    const { metrics } = await healthOf(house);
    const again = openHealthServer(port, { ...house, worker: idle, metrics, settings: house.jobs().settings });
    await expect(again).rejects.toThrow(WrongSettings);
    await expect(again).rejects.toThrow(
      /^MOISSON_PORT, MOISSON_HOST: port \d+ is taken; give each worker of this machine its own \(EADDRINUSE\)$/,
    );
  });
});
