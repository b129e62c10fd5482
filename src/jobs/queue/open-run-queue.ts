import { Redis } from "ioredis";
import { type QueueSchema, queueSchema } from "../../catalogue/connection/queue-schema.ts";
import type { Config } from "../../platform/config.ts";
import type { JobSettings } from "../job-settings.ts";
import { InProcessQueue } from "./in-process-queue.ts";
import { noQueue } from "./no-queue.ts";
import { QueueRefused, QueueUnreachable } from "./queue-refused.ts";
import type { RunQueue } from "./run-queue.ts";

/**
 * Opens the queue of the settings: BullMQ on Redis, else BullMQ on the catalogue's PostgreSQL, else memory for an embedded catalogue.
 * Throws `QueueRefused`, or `QueueUnreachable` if the server does not answer.
 */
export async function openRunQueue(
  { databaseUrl, redisUrl }: Config,
  { queue: name, lockSeconds: leaseSeconds }: JobSettings,
): Promise<RunQueue> {
  if (databaseUrl === null) return new InProcessQueue();
  // Loaded here, so that commands without a queue start faster.
  const { BullmqQueue } = await import("./bullmq-queue.ts");
  if (redisUrl !== null) await checkRedis(redisUrl);
  let queue: RunQueue | undefined;
  let schema: QueueSchema | undefined;
  try {
    if (redisUrl === null) {
      schema = await queueSchema(databaseUrl);
      // Whoever creates the queue owns it, so only a worker may.
      if (schema.isOfWorkers && !schema.isWorker && !schema.exists) return noQueue;
    }
    queue = new BullmqQueue(
      redisUrl === null ? { kind: "postgresql", url: databaseUrl, name, leaseSeconds } : { kind: "redis", url: redisUrl, name },
    );
    await queue.depth();
    return queue;
  } catch (error) {
    await queue?.close().catch(() => undefined);
    if (redisUrl === null && isDenied(error)) {
      // The role of a console may not use the queue of the workers. Its requests then wait in the catalogue.
      if (schema?.isWorker !== true) return noQueue;
      throw new QueueRefused(
        "The queue on PostgreSQL belongs to another user. As the owner of the tables: `moisson db migrate --roles` gives it to the workers.",
      );
    }
    // Report only the code: the message may contain the address with its password.
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    const Failure = code !== null && doesNotAnswer.test(code) ? QueueUnreachable : QueueRefused;
    const where = redisUrl === null ? "the PostgreSQL of DATABASE_URL" : "the Redis of REDIS_URL";
    throw new Failure(`The queue on ${where} cannot be used${code === null ? "" : ` (${code})`}.`);
  }
}

/** 3F000: the schema exists, but the role may not use it. */
function isDenied(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "42501" || error.code === "3F000");
}

/** Codes of the network, and of a PostgreSQL that starts, stops, lost the connection or has no free one. */
const doesNotAnswer = /^(E(CONN|TIMEDOUT|PIPE|HOST|NET|AI_)|57P0|08|53300)/;

const answerWithinMs = 5000;
const wrongPassword = "it refuses the password";

/** Checks that jobs are safe in a Redis. Throws `QueueRefused` if it may evict keys. Also throws like `askRedis`. */
export async function checkRedis(url: string): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await askRedis(url, (redis) => redis.info("memory")))?.[1];
  if (policy === undefined || policy === "noeviction") return;
  throw new QueueRefused(
    `The Redis of REDIS_URL may evict keys (maxmemory-policy is ${policy}), and jobs with them: set maxmemory-policy to noeviction.`,
  );
}

/** Returns the version of a Redis. Throws like `askRedis`. */
export async function redisVersion(url: string): Promise<string> {
  return /^redis_version:(\S+)/m.exec(await askRedis(url, (redis) => redis.info("server")))?.[1] ?? "unknown";
}

/** Returns what `ask` reads from a Redis. Throws `QueueRefused` if it refuses the password, `QueueUnreachable` if it does not answer. */
export async function askRedis<T>(url: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: answerWithinMs, maxRetriesPerRequest: 0, retryStrategy: () => null });
  // The failed query only reports a closed connection; the reason came before, as an event.
  let trouble: unknown;
  redis.on("error", (error) => {
    trouble = error;
  });
  try {
    await redis.connect();
    return await ask(redis);
  } catch (error) {
    const reason = reasonOf(trouble ?? error);
    const Failure = reason === wrongPassword ? QueueRefused : QueueUnreachable;
    throw new Failure(`The Redis of REDIS_URL does not answer (${reason}).`);
  } finally {
    redis.disconnect();
  }
}

/** The driver's message may contain the address; its code does not. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown reason";
  if ("code" in error && typeof error.code === "string") return error.code;
  return /NOAUTH|WRONGPASS|invalid password|Authentication/i.test(error.message) ? wrongPassword : "the connection was closed";
}
