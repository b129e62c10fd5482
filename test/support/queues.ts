import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { createPostgresBackend, Worker } from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import { BullmqQueue, type QueuePlace } from "../../src/jobs/queue/bullmq-queue.ts";
import { InProcessQueue } from "../../src/jobs/queue/in-process-queue.ts";
import type { RunQueue } from "../../src/jobs/queue/run-queue.ts";
import { postgresql, type TestedDatabase, testDatabase } from "./catalogues.ts";
import { newName } from "./test-databases.ts";

/** A queue to test with its catalogue. `skipped`: its server is missing, and `title` says so. */
export interface TestedQueue {
  readonly title: string;
  readonly skipped: boolean;
  readonly kind: RunQueue["kind"];
  readonly database: TestedDatabase;
  /** Creates a queue for one test. */
  make(): TestQueue;
}

/** A queue of a test. */
export interface TestQueue {
  /** Opens the queue like another process; in-process, each call creates one. Closed by `drop`. */
  open(): RunQueue;
  /** Takes the next job like a worker that dies; its lock of one second expires. In-process, the queue dies with it. */
  takeAndDie(): Promise<void>;
  /** Starts a worker that drops lost jobs at once, like BullMQ after too many attempts. */
  giveUpLostJobs(): Promise<void>;
  /** Deletes everything in the queue. */
  empty(): Promise<void>;
  /** Closes and removes everything. */
  drop(): Promise<void>;
}

const { REDIS_URL: redisUrl, DATABASE_URL: databaseUrl } = process.env;

/** The queue of a single process. */
export const inProcess: TestedQueue = {
  title: `in-process, ${testDatabase.title}`,
  skipped: false,
  kind: "in-process",
  database: testDatabase,
  make: () => {
    const open: InProcessQueue[] = [];
    return {
      open: () => {
        const queue = new InProcessQueue();
        open.push(queue);
        return queue;
      },
      takeAndDie: async () => undefined,
      giveUpLostJobs: async () => undefined,
      empty: async () => undefined,
      drop: async () => {
        for (const queue of open) await queue.close();
      },
    };
  },
};

/** BullMQ on Redis. */
export const onRedis: TestedQueue = {
  title: redisUrl === undefined ? "Redis (SKIPPED: REDIS_URL is not set)" : `Redis, ${postgresql.title}`,
  skipped: redisUrl === undefined || postgresql.skipped,
  kind: "redis",
  database: postgresql,
  make: () => {
    const place: QueuePlace = { kind: "redis", url: redisUrl ?? "", name: newName() };
    return bullmqQueue(place, async () => {
      const redis = new Redis(place.url);
      const keys = await redis.keys(`bull:${place.name}:*`);
      if (keys.length > 0) await redis.del(...keys);
      redis.disconnect();
    });
  },
};

/** BullMQ on PostgreSQL. */
export const onPostgresql: TestedQueue = {
  title: `BullMQ on ${postgresql.title}`,
  skipped: postgresql.skipped,
  kind: "postgresql",
  database: postgresql,
  make: () => {
    const schema = newName();
    const place: QueuePlace = { kind: "postgresql", url: databaseUrl ?? "", name: "moisson", schema };
    const queue = bullmqQueue(place, () =>
      statement(`do $$ declare t text; begin for t in select tablename from pg_tables where schemaname = '${schema}' and tablename <> 'migration'
        loop execute format('truncate ${schema}.%I cascade', t); end loop; end $$`),
    );
    return {
      ...queue,
      drop: async () => {
        await queue.drop();
        await statement(`drop schema if exists ${schema} cascade`);
      },
    };
  },
};

/** Every kind of queue. */
export const testedQueues: readonly TestedQueue[] = [inProcess, onRedis, onPostgresql];

function bullmqQueue(place: QueuePlace, empty: () => Promise<void>): TestQueue {
  const queues: BullmqQueue[] = [];
  const dead: Worker[] = [];
  const rawWorker = (settings: object) => {
    const lock = { lockDuration: 1000, stalledInterval: 500, autorun: false, ...settings };
    const worker =
      place.kind === "redis"
        ? new Worker(place.name, async () => undefined, { ...lock, connection: { url: place.url, maxRetriesPerRequest: null } })
        : new Worker(
            place.name,
            async () => undefined,
            { ...lock, connection: { connectionString: withUser(place.url), schema: place.schema, max: 2 } } as never,
            createPostgresBackend as never,
          );
    worker.on("error", () => undefined);
    dead.push(worker);
    return worker;
  };
  return {
    open: () => {
      const queue = new BullmqQueue(place);
      queues.push(queue);
      return queue;
    },
    takeAndDie: async () => {
      const job = await rawWorker({ skipLockRenewal: true, skipStalledCheck: true }).getNextJob(randomBytes(4).toString("hex"), {
        block: true,
      });
      if (job === undefined) throw new Error("there was no job to take");
    },
    giveUpLostJobs: async () => {
      const worker = rawWorker({ maxStalledCount: 0, autorun: true });
      await new Promise((given) => worker.once("failed", given));
      await worker.close();
    },
    empty,
    drop: async () => {
      for (const each of [...dead.map((worker) => worker.close(true)), ...queues.map((queue) => queue.close())])
        await each.catch(() => undefined);
      await empty();
    },
  };
}

/** Adds the user to an address without one, because this driver has no default. */
function withUser(url: string): string {
  const address = new URL(url);
  if (address.username === "" && !process.env.PGUSER) address.username = encodeURIComponent(userInfo().username);
  return address.href;
}

async function statement(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: withUser(databaseUrl ?? "") });
  await client.connect();
  await client.query(sql);
  await client.end();
}
