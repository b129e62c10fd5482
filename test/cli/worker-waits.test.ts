import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { hasRedisServer, ownRedis } from "../jobs/own-redis.ts";
import { postgresql } from "../support/catalogues.ts";
import { startMoisson } from "../support/moisson.ts";
import { ownDatabase } from "../support/own-database.ts";

const cannot = postgresql.skipped || !hasRedisServer;

describe.skipIf(cannot)(
  `a worker that is started before its servers${cannot ? " (SKIPPED: no PostgreSQL or no redis-server)" : ""}`,
  () => {
    it("waits for its Redis, and says so", { timeout: 60_000 }, async () => {
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
