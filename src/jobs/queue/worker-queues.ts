import { queuesWithWorkers } from "../../catalogue/connection/queue-schema.ts";
import type { Config } from "../../platform/config.ts";
import { askRedis } from "./open-run-queue.ts";

/** BullMQ names the connection of a worker to Redis after its queue. */
const workerConnection = / name=bull:([A-Za-z0-9+/=]+) .* db=(\d+) /gm;

/**
 * Returns the names of the queues of connected workers, of this database of Redis or PostgreSQL only. The list is empty without workers,
 * and for a role that may not see them.
 */
export async function workerQueues({ databaseUrl, redisUrl }: Pick<Config, "databaseUrl" | "redisUrl">): Promise<string[]> {
  if (databaseUrl === null) return [];
  if (redisUrl === null) return queuesWithWorkers(databaseUrl);
  const { connections, db } = await askRedis(redisUrl, async (redis) => ({
    connections: String(await redis.client("LIST")),
    db: redis.options.db ?? 0,
  }));
  const ofThisDb = [...connections.matchAll(workerConnection)].filter(([, , number]) => Number(number) === db);
  return [...new Set(ofThisDb.map(([, name = ""]) => Buffer.from(name, "base64").toString("utf8")))].sort();
}
