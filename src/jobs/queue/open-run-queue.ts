import type { Config } from "../../platform/config.ts";
import type { JobSettings } from "../settings.ts";
import { checkRedis } from "./check-redis.ts";
import { InProcessQueue } from "./in-process-queue.ts";
import { QueueRefused, QueueUnreachable } from "./queue-refused.ts";
import type { RunQueue } from "./run-queue.ts";

/**
 * Opens the queue of the settings: BullMQ on Redis, else BullMQ on the catalogue's PostgreSQL, else memory for an embedded catalogue.
 * Throws `QueueRefused`, or `QueueUnreachable` if the server does not answer.
 */
export async function openRunQueue({ databaseUrl, redisUrl }: Config, { queue: name }: JobSettings): Promise<RunQueue> {
  if (databaseUrl === null) return new InProcessQueue();
  // Loaded here, so that commands without a queue start faster.
  const { BullmqQueue } = await import("./bullmq-queue.ts");
  if (redisUrl !== null) await checkRedis(redisUrl);
  let queue: RunQueue | undefined;
  try {
    queue = new BullmqQueue(redisUrl === null ? { kind: "postgresql", url: databaseUrl, name } : { kind: "redis", url: redisUrl, name });
    await queue.depth();
    return queue;
  } catch (error) {
    await queue?.close().catch(() => undefined);
    // An error about an invalid address contains the address with its password.
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    const Said = code !== null && doesNotAnswer.test(code) ? QueueUnreachable : QueueRefused;
    const where = redisUrl === null ? "the PostgreSQL of DATABASE_URL" : "the Redis of REDIS_URL";
    throw new Said(`The queue on ${where} cannot be used${code === null ? "" : ` (${code})`}.`);
  }
}

/** Codes of the network, and of a PostgreSQL that starts, stops or lost the connection. */
const doesNotAnswer = /^(E(CONN|TIMEDOUT|PIPE|HOST|NET|AI_)|57P0|08)/;
