import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { RequestedRun, RunRequest } from "../../catalogue/runs/run-queue-repository.ts";
import type { RunQueue } from "./run-queue.ts";

/** Author of scheduled runs. */
export const bySchedule = "schedule";

/** Result of a request. `queued`: false if the queue did not answer; workers then fill it from the catalogue. */
export type QueuedRequest = RequestedRun & { readonly queued: boolean };

/** Requests a run: stores it in the catalogue, then puts it into the queue. */
export async function requestRun(catalogue: Catalogue, queue: RunQueue, ask: RunRequest): Promise<QueuedRequest> {
  return queueRequest(queue, ask, await catalogue.runQueue.request(ask));
}

/** Puts a stored run into the queue. */
export async function queueRequest(queue: RunQueue, { connector, by }: RunRequest, asked: RequestedRun): Promise<QueuedRequest> {
  const urgent = by !== bySchedule;
  try {
    await queue.put({ runId: asked.runId, connector }, { afterMs: 0, urgent });
    if (!asked.isNew && urgent) await queue.hurry(asked.runId);
    return { ...asked, queued: true };
  } catch {
    return { ...asked, queued: false };
  }
}
