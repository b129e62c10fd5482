import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { openCatalogue } from "../../src/catalogue/open-catalogue.ts";
import { BullmqQueue } from "../../src/jobs/queue/bullmq-queue.ts";
import { postgresql } from "../support/catalogues.ts";
import { mistakesIn } from "../support/doctor.ts";
import { newName, ownDatabase } from "../support/test-databases.ts";

const { REDIS_URL } = process.env;

/** Returns the address of a database of the Redis of the tests. */
function redisAt(db: number): string {
  const url = new URL(REDIS_URL ?? "");
  url.pathname = `/${db}`;
  return url.href;
}

/** Connects a worker to a queue on Redis, as any installation does. */
function startWorker(url: string, name: string): void {
  const queue = new BullmqQueue({ kind: "redis", url, name });
  onTestFinished(() => queue.close());
  const nothing = () => undefined;
  const working = queue.work({ atOnce: 1, lockSeconds: 30, work: async () => "done", onGivenUp: nothing, onTrouble: nothing });
  onTestFinished(() => working.stop());
}

test.skipIf(REDIS_URL === undefined || postgresql.skipped)(
  "moisson doctor compares the queue with that of the catalogue's workers, not with those of others on the same Redis",
  async () => {
    const databaseUrl = await ownDatabase();
    const catalogue = await openCatalogue({ databaseUrl, home: "" });
    onTestFinished(() => catalogue.close());
    expect(await mistakesIn({ DATABASE_URL: databaseUrl })).toContain(
      "secret: MOISSON_SECRET is not set: no key of a server can be typed, and nobody forgotten -> set it to the output of: openssl rand -base64 32",
    );
    const [ours, other] = [newName(), newName()].sort() as [string, string];
    const linesAt = async (environment: Readonly<Record<string, string>>) =>
      (await mistakesIn({ DATABASE_URL: databaseUrl, MOISSON_QUEUE: ours, ...environment })).filter((line) =>
        /^(queue|redis|workers)/.test(line),
      );
    startWorker(redisAt(1), other);
    expect(await linesAt({ REDIS_URL: redisAt(1) })).toEqual(["workers: none runs, so no run starts -> start one: moisson worker"]);
    await catalogue.workers.hear({ name: "a", version: "0.3.0", migration: "", sickFor: null });
    await expect
      .poll(() => linesAt({ REDIS_URL: redisAt(1) }), { timeout: 10_000 })
      .toEqual([
        `redis: no worker takes runs from the queue ${ours}; workers take them from ${other} -> set MOISSON_QUEUE=${other} here, as for the workers`,
      ]);
    startWorker(redisAt(1), ours);
    await expect.poll(() => linesAt({ REDIS_URL: redisAt(1) }), { timeout: 10_000 }).toEqual([]);
    expect(await linesAt({ REDIS_URL: redisAt(2) })).toEqual([
      "redis: no worker is connected to this database of this Redis -> set REDIS_URL here, as for the workers",
    ]);
    const redis = new Redis(redisAt(2));
    onTestFinished(() => redis.disconnect());
    expect(await redis.keys(`bull:${ours}:*`), "doctor changes nothing").toEqual([]);
    expect(await linesAt({})).toEqual([
      "queue: the workers use a Redis, and REDIS_URL is not set here -> set REDIS_URL here, as for the workers",
    ]);
  },
);
