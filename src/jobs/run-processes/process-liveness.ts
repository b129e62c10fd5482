import type { RunLiveness } from "../../ingest/run-inputs.ts";
import type { RunError } from "../../model/run/run-error.ts";
import type { StageProgress } from "../../model/run/run-report.ts";
import { type FromProcess, sentError } from "./messages.ts";

/** Milliseconds between two reports of progress within a stage. */
const reportEveryMs = 500;

/** Liveness of a run in its process. The parent sends the heartbeats and passes on the order to stop. */
export class ProcessLiveness implements RunLiveness {
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #beats: (() => void)[] = [];
  #progress: StageProgress | null = null;
  #reportedAt = 0;

  constructor(private readonly send: (message: FromProcess) => void) {
    this.signal = this.#stop.signal;
  }

  at(progress: StageProgress): void {
    const isNewStage = progress.stage !== this.#progress?.stage;
    this.#progress = progress;
    if (!isNewStage && performance.now() - this.#reportedAt < reportEveryMs) return;
    this.#reportedAt = performance.now();
    this.send({ kind: "progress", progress });
  }

  ending(): void {
    this.send({ kind: "ending" });
  }

  notStored(error: RunError): void {
    this.send({ kind: "not-stored", reason: sentError(error) });
  }

  beat(): Promise<void> {
    return new Promise((beaten) => {
      this.#beats.push(beaten);
      this.send({ kind: "beat" });
    });
  }

  /** Call it when the parent has sent the heartbeat. */
  beaten(): void {
    this.#beats.shift()?.();
  }

  /** Call it when the parent says that the run must stop. */
  stop(reason: RunError): void {
    this.#stop.abort(reason);
  }
}
