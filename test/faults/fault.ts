import type { Lane } from "./lane.ts";
import type { Place } from "./place.ts";
import type { QueueKind, Stage } from "./stages.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** The situation of a fault: a run of the victim waits at the stage until `goOn`. */
export interface Scene {
  readonly lane: Lane;
  readonly place: Place;
  readonly queue: QueueKind;
  readonly stage: Stage;
  readonly victim: WorkerProcess;
  /** The other workers of the night. */
  readonly others: readonly WorkerProcess[];
  /** The process that halts at the stage: the victim, or the process of its run. */
  readonly haltedPid: number;
  readonly lockSeconds: number;
  /** Number of this try, from 0. Faults with several variants alternate. */
  readonly turn: number;
  /** The file with the victim's clock offset. */
  readonly clockFile: string;
  /** Lets all workers and the publisher's server continue. Called after the fault; the fault may call it earlier. */
  goOn(): void;
  /** Waits until the victim has no run left, or for this many seconds. */
  untilTakenOver(seconds: number): Promise<void>;
  /** Waits until a run has failed or the catalogue does not answer, or for this many seconds. */
  untilSomethingFailed(seconds: number): Promise<void>;
}

/** A fault that the test causes. */
export interface Fault {
  readonly name: string;
  /** Description in a few words. */
  readonly words: string;
  /** Number of tries: 20 if it kills, blocks or stops a worker, otherwise 5. */
  readonly tries: number;
  /** True if the fault sets the victim's clock. */
  readonly setsClock?: true;
  /** True if it strikes before two nights whose runs the schedule starts. */
  readonly isBeforeTwoNights?: true;
  /** True if the victim does not come back. It is killed after the night. */
  readonly losesVictim?: true;
  /** Causes the fault, and ends it unless it lasts. */
  strike(scene: Scene): Promise<void>;
}
