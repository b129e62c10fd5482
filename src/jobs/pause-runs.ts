import type { Catalogue } from "../catalogue/open-catalogue.ts";
import { everything, type Pause } from "../catalogue/runs/pause-repository.ts";
import { bySchedule } from "./ask-run.ts";

/** What became of a pause that was asked for. */
export interface Paused {
  /** False where it was paused already: then nothing has changed. */
  readonly isNew: boolean;
  /** Runs that the schedule had asked for and that waited: they are cancelled. */
  readonly dropped: number;
}

/** Stops the schedule of a connector, or `everything`. A connector that is paused does not keep the run that its schedule asked for in the queue. */
export async function pauseRuns(catalogue: Pick<Catalogue, "pauses" | "runQueue">, pause: Pause): Promise<Paused> {
  const isNew = await catalogue.pauses.add(pause);
  if (!isNew || pause.connector === everything) return { isNew, dropped: 0 };
  const waiting = (await catalogue.runQueue.waiting(pause.connector)).filter(({ askedBy }) => askedBy === bySchedule);
  for (const { runId } of waiting) await catalogue.runQueue.cancel(runId, pause.by, pause.at);
  return { isNew, dropped: waiting.length };
}
