import type { Fault } from "../fault.ts";

/** kill -9 of Redis, and a restart from its files. */
export const redisCrash: Fault = {
  name: "redis-crash",
  words: "kill -9 of Redis, which then restarts from its append-only file",
  tries: 5,
  strike: ({ lane }) => lane.redis.crash(),
};
