import { Redis } from "ioredis";
import { QueueRefused, QueueUnreachable } from "./queue-refused.ts";

const answerWithinMs = 5000;
const wrongPassword = "it refuses the password";

/**
 * Checks that jobs are safe in a Redis. Throws `QueueRefused` if it may evict keys or refuses the password, `QueueUnreachable` if it does
 * not answer.
 */
export async function checkRedis(url: string): Promise<void> {
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: answerWithinMs, maxRetriesPerRequest: 0, retryStrategy: () => null });
  // The failed query only reports a closed connection; the reason came before, as an event.
  let trouble: unknown;
  redis.on("error", (error) => {
    trouble = error;
  });
  try {
    await redis.connect();
    const memory = await redis.info("memory");
    const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
    if (policy !== undefined && policy !== "noeviction")
      throw new QueueRefused(
        `The Redis of REDIS_URL may evict keys (maxmemory-policy is ${policy}), and jobs with them: set maxmemory-policy to noeviction.`,
      );
  } catch (error) {
    if (error instanceof QueueRefused) throw error;
    const reason = reasonOf(trouble ?? error);
    const Said = reason === wrongPassword ? QueueRefused : QueueUnreachable;
    throw new Said(`The Redis of REDIS_URL does not answer (${reason}).`);
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
