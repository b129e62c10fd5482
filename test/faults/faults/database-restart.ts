import type { Fault } from "../fault.ts";

/** PostgreSQL stops and starts, alternately by a crash, which empties unlogged tables, and by an ordinary restart. */
export const databaseRestart: Fault = {
  name: "database-restart",
  words: "PostgreSQL restarts, alternately after a crash (SIGQUIT) and a fast stop",
  tries: 5,
  strike: ({ lane, turn }) => lane.postgresql.restart(turn % 2 === 0 ? "crash" : "fast"),
};
