import type { Fault } from "../fault.ts";

/** The event loop is blocked for longer than the lock lasts. */
export const block: Fault = {
  name: "block",
  words: "the worker's event loop is busy for 1.8 times the lock time",
  tries: 20,
  strike: ({ victim, lockSeconds }) => victim.block(lockSeconds * 1800),
};
