import type { Fault } from "../fault.ts";

/** PostgreSQL stops and starts: as it does in a crash, which empties unlogged tables, and as it is told to, in turn. */
export const databaseRestart: Fault = {
  name: "database-restart",
  words: "PostgreSQL restarted, by a crash (SIGQUIT) and a fast stop in turn",
  tries: 5,
  strike: ({ lane, turn }) => lane.postgresql.restart(turn % 2 === 0 ? "crash" : "fast"),
};
