import { BullmqQueue } from "../../src/jobs/queue/bullmq-queue.ts";
import { InProcessQueue } from "../../src/jobs/queue/in-process-queue.ts";
import { requestRun } from "../../src/jobs/queue/request-run.ts";
import type { RunQueue } from "../../src/jobs/queue/run-queue.ts";
import { connectorIds } from "./feeds.ts";
import { type Lane, queueName } from "./lane.ts";
import { type Place, withPlace } from "./place.ts";
import type { QueueKind } from "./stages.ts";

/** Requests a run of every connector, as the schedule does. Returns the run ids. */
export async function askNight(lane: Lane, place: Place, kind: QueueKind): Promise<string[]> {
  const queue = openQueue(lane, place, kind);
  try {
    return await withPlace(place, async ({ catalogue }) => {
      const runIds: string[] = [];
      for (const connector of connectorIds) {
        const { runId } = await requestRun(catalogue, queue, { connector, options: {}, by: "schedule", now: new Date() });
        runIds.push(runId);
      }
      return runIds;
    });
  } finally {
    await queue.close();
  }
}

/** Opens the queue of a night. */
export function openQueue(lane: Lane, place: Place, kind: QueueKind): RunQueue {
  if (kind === "in-process" || "home" in place) return new InProcessQueue();
  return new BullmqQueue({ kind, url: kind === "redis" ? lane.redis.url : place.databaseUrl, name: queueName });
}
