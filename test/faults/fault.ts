import type { Lane } from "./lane.ts";
import type { Place } from "./place.ts";
import type { QueueKind, Stage } from "./stages.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** What a fault finds when it comes: a run of the victim is at the stage, and waits there until `goOn`. */
export interface Scene {
  readonly lane: Lane;
  readonly place: Place;
  readonly queue: QueueKind;
  readonly stage: Stage;
  readonly victim: WorkerProcess;
  readonly lockSeconds: number;
  /** 0 and up: faults that come in several ways take turns. */
  readonly turn: number;
  /** The file that says what the victim takes for the time. */
  readonly clockFile: string;
  /** Lets everything go on; done when the fault has come, unless it was done before. */
  goOn(): void;
  /** Settles when nothing is left of a run that the victim had, or after so many seconds. */
  untilTakenOver(seconds: number): Promise<void>;
  /** Settles when some run has failed, or the catalogue does not answer, or after so many seconds. */
  untilSomethingFailed(seconds: number): Promise<void>;
}

/** Something that goes wrong. */
export interface Fault {
  readonly name: string;
  /** What is done, in a few words. */
  readonly words: string;
  /** How often it is tried: 20 where it kills, blocks or stops, 5 elsewhere. */
  readonly tries: number;
  /** Workers keep a clock that this fault can set. */
  readonly setsClock?: true;
  /** The victim does not come back: it is killed after the night. */
  readonly losesVictim?: true;
  /** Lets the fault come, and go where it goes by itself. */
  strike(scene: Scene): Promise<void>;
}
