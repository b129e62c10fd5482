import type { TroubleCause } from "../../src/jobs/monitoring/trouble.ts";
import type { MachineCause } from "../../src/model/run/machine-cause.ts";
import type { Lane } from "./lane.ts";
import type { Place } from "./place.ts";
import type { SmallDisk } from "./small-disk.ts";
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
  /** Returns the disk of a worker's temporary folder. */
  spoolOf(worker: WorkerProcess): SmallDisk;
  /** Starts a worker of the next version of the code, whose tree is in this folder. The others are older from now on. */
  startNewer(root: string): void;
  /** Stops the older workers for good. */
  stopOlder(): Promise<void>;
  /** Waits for the seconds of the cell, starts ended workers again like a supervisor, and asks the workers whether they are ready. */
  last(watch?: LastingWatch): Promise<void>;
}

/** Options of `Scene.last`. */
export interface LastingWatch {
  /** Called for each run at the stage. By default, all runs go on. */
  onStage?(worker: WorkerProcess, pid: number): void;
}

/** Facts about a fault that lasts longer than all tries of a run. */
export interface Lasting {
  /** The stage of the first run at which it begins. */
  readonly stage: Stage;
  /** What the machine lacks. Ops must read it, and no other cause but those `besides`. */
  readonly cause: TroubleCause;
  /** True consequences, which ops may read too. */
  readonly besides?: readonly MachineCause[];
  /** Workers that must say on `/ready` that they are sick. The others must be ready. */
  readonly sick: "all" | "victim" | "older" | "none";
  /** True if workers end because of it. */
  readonly endsWorkers?: true;
  /** True if each loss may be the run's own fault, so that it may use tries, but not all of them. */
  readonly mayUseTries?: true;
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
  readonly lasting?: Lasting;
  /** True if it fills small disks. */
  readonly needsDisks?: true;
  /** Causes the fault, and ends it unless it lasts. */
  strike(scene: Scene): Promise<void>;
  /** Removes what the fault left in the catalogue, after the night and before its checks. */
  undo?(scene: Scene): Promise<void>;
}
