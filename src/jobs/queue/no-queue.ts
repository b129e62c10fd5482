import type { RunQueue } from "./run-queue.ts";

function unreachable(): never {
  throw new Error("this process does not use the queue");
}

/**
 * The queue of a process that may not reach the queue's server. A requested run is stored in the catalogue, where workers find it at their
 * next look (`MOISSON_TICK_SECONDS`).
 */
export const noQueue: RunQueue = {
  kind: "in-process",
  put: async () => unreachable(),
  hurry: async () => unreachable(),
  moveToFront: async () => unreachable(),
  remove: async () => unreachable(),
  missing: async (runIds) => runIds,
  depth: async () => unreachable(),
  work: unreachable,
  close: async () => undefined,
};
