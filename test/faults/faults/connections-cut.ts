import type { Fault } from "../fault.ts";

/** The servers close all our connections. */
export const connectionsCut: Fault = {
  name: "connections-cut",
  words: "pg_terminate_backend of every connection, and CLIENT KILL on Redis",
  tries: 5,
  async strike({ lane, queue }) {
    await lane.postgresql.ask("select pg_terminate_backend(pid) from pg_stat_activity where datname like 'night%'");
    if (queue === "redis") await lane.redis.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  },
};
