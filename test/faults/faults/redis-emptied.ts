import type { Fault } from "../fault.ts";

/** FLUSHALL. */
export const redisEmptied: Fault = {
  name: "redis-emptied",
  words: "FLUSHALL on Redis",
  tries: 5,
  async strike({ lane }) {
    await lane.redis.ask("FLUSHALL");
  },
};
