import type { Config } from "../platform/config.ts";
import { checkRedis } from "./check-redis.ts";
import { InProcessQueue } from "./in-process-queue.ts";
import { QueueRefused } from "./queue-refused.ts";
import type { RunQueue } from "./run-queue.ts";
import type { JobSettings } from "./settings.ts";

/**
 * The queue that the settings say: BullMQ on Redis, BullMQ on the catalogue's PostgreSQL where there is no Redis, or this process's memory where the
 * catalogue is embedded.
 * @throws QueueRefused
 */
export async function openRunQueue({ databaseUrl, redisUrl }: Config, { queue: name }: JobSettings): Promise<RunQueue> {
  if (databaseUrl === null) return new InProcessQueue();
  // Loaded where it is used: commands that ask nothing of it start faster.
  const { BullmqQueue } = await import("./bullmq-queue.ts");
  if (redisUrl !== null) await checkRedis(redisUrl);
  let queue: RunQueue | undefined;
  try {
    queue = new BullmqQueue(redisUrl === null ? { kind: "postgresql", url: databaseUrl, name } : { kind: "redis", url: redisUrl, name });
    await queue.depth();
    return queue;
  } catch (error) {
    await queue?.close().catch(() => undefined);
    // What cannot be read as an address is thrown with the address in it, and its password.
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new QueueRefused(
      `The queue on ${redisUrl === null ? "the PostgreSQL of DATABASE_URL" : "the Redis of REDIS_URL"} cannot be used${code}.`,
    );
  }
}
