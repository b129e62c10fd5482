import { Redis } from "ioredis";
import postgres from "postgres";

/** Returns the size of a BullMQ queue in bytes: memory of its keys on Redis, or of its tables and indexes on PostgreSQL. */
export async function queueBytes(url: string, name: string): Promise<number> {
  if (url.startsWith("redis"))
    return withRedis(url, async (redis) => sumOf(await keysOf(redis, name), (key) => redis.memory("USAGE", key)));
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const [row] = await sql<{ bytes: number }[]>`
    select sum(pg_total_relation_size(oid))::float8 as bytes from pg_class where relnamespace = 'moisson_queue'::regnamespace and relkind = 'r'`;
  await sql.end();
  return row?.bytes ?? 0;
}

/** Deletes a queue from Redis. */
export async function forgetQueue(url: string, name: string): Promise<void> {
  await withRedis(url, async (redis) => {
    for (const key of await keysOf(redis, name)) await redis.unlink(key);
  });
}

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

async function keysOf(redis: Redis, name: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const found of redis.scanStream({ match: `bull:${name}:*`, count: 1000 })) keys.push(...(found as string[]));
  return keys;
}

async function sumOf(keys: readonly string[], bytesOf: (key: string) => Promise<number | null>): Promise<number> {
  let sum = 0;
  for (const key of keys) sum += (await bytesOf(key)) ?? 0;
  return sum;
}
