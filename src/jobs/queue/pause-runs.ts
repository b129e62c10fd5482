import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { everything, type Pause } from "../../catalogue/runs/schedule-repository.ts";
import { bySchedule } from "./request-run.ts";

/** Result of a pause. */
export interface Paused {
  /** False if it was paused already; then nothing has changed. */
  readonly isNew: boolean;
  /** Number of waiting scheduled runs, which are cancelled. */
  readonly dropped: number;
}

/** Stops the schedule of a connector, or of `everything`, and removes scheduled runs from the queue. */
export async function pauseRuns(catalogue: Pick<Catalogue, "runQueue" | "schedule">, pause: Pause): Promise<Paused> {
  const isNew = await catalogue.schedule.pause(pause);
  if (!isNew || pause.connector === everything) return { isNew, dropped: 0 };
  const waiting = (await catalogue.runQueue.waiting(pause.connector)).filter(({ askedBy }) => askedBy === bySchedule);
  for (const { runId } of waiting) await catalogue.runQueue.cancel(runId, pause.by, pause.at);
  return { isNew, dropped: waiting.length };
}
