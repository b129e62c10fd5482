import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { QueuedRun, RequestedRun, RunRequest } from "../../catalogue/runs/run-queue-repository.ts";
import type { NewJob, RunQueue } from "./run-queue.ts";

/** Author of scheduled runs. */
export const bySchedule = "schedule";

/** Result of a request. `queued`: false if the queue did not answer; workers then fill it from the catalogue. */
export type QueuedRequest = RequestedRun & { readonly queued: boolean };

/** Requests a run: stores it in the catalogue, then puts it into the queue. */
export async function requestRun(catalogue: Catalogue, queue: RunQueue, ask: RunRequest): Promise<QueuedRequest> {
  return queueRequest(queue, ask, await catalogue.runQueue.request(ask));
}

/** Puts a stored run into the queue. A person's request comes before all others, even if something else had queued the run. */
export async function queueRequest(queue: RunQueue, { connector, by }: RunRequest, asked: RequestedRun): Promise<QueuedRequest> {
  const rank = by === bySchedule ? "usual" : "first";
  try {
    await queue.put([{ runId: asked.runId, connector, afterMs: 0, rank }]);
    if (!asked.isNew && rank === "first") await queue.moveToFront(asked.runId);
    return { ...asked, queued: true };
  } catch {
    return { ...asked, queued: false };
  }
}

/** Returns the job of a stored run that waits. */
export function jobOf({ runId, connector, askedBy, alone, seconds }: QueuedRun & { readonly seconds: number }): NewJob {
  return { runId, connector, afterMs: seconds * 1000, rank: alone ? "last" : askedBy === bySchedule ? "usual" : "first" };
}
