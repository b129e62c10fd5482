import { describe, expect, it, onTestFinished } from "vitest";
import { readJobSettings } from "../../../src/jobs/job-settings.ts";
import { BullmqQueue } from "../../../src/jobs/queue/bullmq-queue.ts";
import { openRunQueue } from "../../../src/jobs/queue/open-run-queue.ts";
import { QueueRefused, QueueUnreachable } from "../../../src/jobs/queue/queue-refused.ts";
import { requestRun } from "../../../src/jobs/queue/request-run.ts";
import { readConfig } from "../../../src/platform/config.ts";
import { postgresql } from "../../support/catalogues.ts";
import { onRedis } from "../../support/queues.ts";
import { newName } from "../../support/test-databases.ts";
import { until } from "../../support/until.ts";
import { jobSetup } from "../job-setup.ts";
import { freePort, hasRedisServer, ownRedis } from "../own-redis.ts";

const database = "postgres://moisson:s3cret-of-database@127.0.0.1:1/moisson";

/** Returns the reason why the queue is refused. */
async function refusalOf(environment: Readonly<Record<string, string>>, mayPass = false): Promise<string> {
  const opened = openRunQueue(readConfig({ DATABASE_URL: database, ...environment }), readJobSettings({ MOISSON_QUEUE: newName() }));
  const error = await opened.then(
    async (queue) => queue.close(),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof QueueRefused)) throw new Error(`it was not refused: ${String(error)}`);
  expect(`${error.message} ${error.stack}`).not.toContain("s3cret");
  expect(error.cause).toBeUndefined();
  expect(error instanceof QueueUnreachable).toBe(mayPass);
  return error.message;
}

describe("an unusable queue", () => {
  it("is refused if Redis does not answer", async () => {
    const url = `redis://moisson:s3cret@127.0.0.1:${await freePort()}`;
    expect(await refusalOf({ REDIS_URL: url }, true)).toBe("The Redis of REDIS_URL does not answer (ECONNREFUSED).");
  });

  it("is refused if PostgreSQL does not answer or its address is invalid", async () => {
    expect(await refusalOf({}, true)).toBe("The queue on the PostgreSQL of DATABASE_URL cannot be used (ECONNREFUSED).");
    const unreadable = "postgres://moisson:s3cret@host:notaport/moisson";
    expect(await refusalOf({ DATABASE_URL: unreadable })).toBe(
      "The queue on the PostgreSQL of DATABASE_URL cannot be used (ERR_INVALID_URL).",
    );
  });
});

describe.skipIf(!hasRedisServer)(`a Redis of its own${hasRedisServer ? "" : " (SKIPPED: there is no redis-server on the PATH)"}`, () => {
  it("is refused if it may evict keys", async () => {
    const { port } = await ownRedis("--maxmemory-policy", "allkeys-lru");
    expect(await refusalOf({ REDIS_URL: `redis://127.0.0.1:${port}` })).toBe(
      "The Redis of REDIS_URL may evict keys (maxmemory-policy is allkeys-lru), and jobs with them: set maxmemory-policy to noeviction.",
    );
  });

  it("is refused if the password is wrong or missing", async () => {
    const { port } = await ownRedis("--requirepass", "the-right-one");
    for (const url of [`redis://:s3cret@127.0.0.1:${port}`, `redis://127.0.0.1:${port}`])
      expect(await refusalOf({ REDIS_URL: url })).toBe("The Redis of REDIS_URL does not answer (it refuses the password).");
  });

  it.skipIf(onRedis.skipped)(
    `that goes away keeps nobody from asking, soon, and does all when it is back, ${postgresql.title}`,
    async () => {
      const house = await jobSetup(onRedis);
      for (const id of ["region-a", "region-b"]) await house.connector(id);
      const redis = await ownRedis();
      const open = () => {
        const queue = new BullmqQueue({ kind: "redis", url: `redis://127.0.0.1:${redis.port}`, name: "moisson" });
        onTestFinished(() => queue.close());
        return queue;
      };
      const queue = open();
      await queue.depth();
      await house.worker({ queue: open() });
      const ask = (connector: string) => requestRun(house.catalogue, queue, { connector, options: {}, by: "marie", now: new Date() });
      await house.ended((await ask("region-a")).runId);
      await redis.stop();
      const begun = performance.now();
      const requested = [await ask("region-a"), await ask("region-b")];
      expect(performance.now() - begun).toBeLessThan(15_000);
      expect(requested.map(({ queued }) => queued)).toEqual([false, false]);
      await redis.start();
      for (const { runId } of requested) expect((await house.ended(runId)).outcome).toMatch(/applied|unchanged/);
      await until("the queue is empty", async () => Object.values(await queue.depth()).every((jobs) => jobs === 0));
    },
  );
});
