import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { BullmqQueue } from "../../src/jobs/queue/bullmq-queue.ts";
import { hasRedisServer, ownRedis } from "../jobs/own-redis.ts";
import { postgresql } from "../support/catalogues.ts";
import { startMoisson } from "../support/moisson.ts";
import { postgresqlProxy } from "../support/postgresql-proxy.ts";
import { ownDatabase } from "../support/test-databases.ts";
import { until } from "../support/until.ts";

const cannot = postgresql.skipped || !hasRedisServer;

describe.skipIf(cannot)(
  `a worker that is started before its servers${cannot ? " (SKIPPED: no PostgreSQL or no redis-server)" : ""}`,
  () => {
    it("waits for its Redis, and says so", async () => {
      const redis = await ownRedis();
      await redis.stop();
      const environment = { DATABASE_URL: await ownDatabase(), REDIS_URL: `redis://127.0.0.1:${redis.port}`, MOISSON_LOG: "error" };
      const worker = startMoisson(["worker"], environment);
      const ended = new Promise((done) => worker.once("close", done));
      try {
        const lines = createInterface({ input: worker.stderr })[Symbol.asyncIterator]();
        const next = async (wanted: RegExp) => {
          for (let line = await lines.next(); !line.done; line = await lines.next()) if (wanted.test(line.value)) return line.value;
          throw new Error(`the worker ended without saying ${wanted}`);
        };
        expect(await next(/trying again/)).toBe("moisson: The Redis of REDIS_URL does not answer (ECONNREFUSED); trying again");
        await redis.start();
        expect(await next(/^working/)).toMatch(/^working: 2 at once, queue redis/);
      } finally {
        worker.kill("SIGTERM");
        await ended;
      }
    });
  },
);

describe.skipIf(postgresql.skipped)(
  `a worker whose connections break as it begins${postgresql.skipped ? " (SKIPPED: no PostgreSQL)" : ""}`,
  () => {
    it("takes runs from its PostgreSQL queue, and stops when told to", async () => {
      const url = await ownDatabase();
      let begun = 0;
      // The first connection requests runs, the second does them.
      const isTheWorkers = ({ first, now }: { first: string; now: string }) =>
        first.includes("moisson queue") && now.includes("pg_advisory_xact_lock") && ++begun === 2;
      const door = await postgresqlProxy(url, isTheWorkers);
      const worker = startMoisson(["worker"], { DATABASE_URL: door, MOISSON_QUEUE: "broken", MOISSON_LOG: "error" });
      const ended = new Promise((done) => worker.once("close", done));
      const queue = new BullmqQueue({ kind: "postgresql", url, name: "broken" });
      try {
        await until("its connection has broken", () => begun >= 2);
        await queue.put([{ runId: randomUUID(), connector: "nobody-knows", afterMs: 0, rank: "first" }]);
        await until("the job is taken", async () => (await queue.depth()).waiting === 0);
        worker.kill("SIGTERM");
        expect(await Promise.race([ended, delay(60_000, "still there")])).toBe(0);
      } finally {
        worker.kill("SIGKILL");
        await queue.close();
      }
    });
  },
);
