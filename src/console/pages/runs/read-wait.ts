import { everything, type Pause } from "../../../catalogue/runs/pause-repository.ts";
import type { RunRecord } from "../../../catalogue/runs/run-repository.ts";
import type { Visit } from "../../visit.ts";

/** What a run waits for that has not begun. */
export interface RunWait {
  /** What stops it: everything, or, for what the schedule asks for, its connector. */
  readonly pause: Pause | null;
  /** Another run of its connector that goes on. */
  readonly behind: string | null;
  /** Seconds until it may be tried again; 0: at once. */
  readonly seconds: number;
}

/** Reads what is in the way of a run. A host that is asked by another run, or a worker that has other things to do, is nothing to be said. */
export async function readWait({ catalogue }: Visit, { runId, connector, askedBy }: RunRecord): Promise<RunWait> {
  const pauses = await catalogue.pauses.list();
  const pause = pauses.find((one) => one.connector === everything || (one.connector === connector && askedBy === "schedule"));
  const waiting = await catalogue.runQueue.waiting(connector);
  const going = await catalogue.runQueue.goingOn(connector);
  return {
    pause: pause ?? null,
    // It may have begun since it was read.
    behind: going === null || going.runId === runId ? null : going.runId,
    seconds: waiting.find((one) => one.runId === runId)?.seconds ?? 0,
  };
}
