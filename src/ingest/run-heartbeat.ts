import type { RunQueueRepository } from "../catalogue/runs/run-queue-repository.ts";
import type { RunClaim } from "../catalogue/runs/staging-repository.ts";
import { RunCancelled, RunDisplaced } from "../model/run/run-error.ts";
import type { StageProgress } from "../model/run/run-report.ts";
import type { RunLiveness } from "./run-inputs.ts";

const defaultIntervalMs = 5000;

/** Tells the catalogue that a run is alive. The answer says whether the run was cancelled or displaced. */
export class RunHeartbeat implements RunLiveness {
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  #progress: StageProgress | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** `outside` is the signal of the worker that claimed the run. */
  constructor(
    private readonly queue: RunQueueRepository,
    private readonly claim: RunClaim,
    outside?: AbortSignal,
  ) {
    this.signal = outside === undefined ? this.#stop.signal : AbortSignal.any([this.#stop.signal, outside]);
  }

  start(intervalMs = defaultIntervalMs): void {
    this.#timer = setInterval(() => void this.beat(), intervalMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  at(progress: StageProgress): void {
    this.#progress = progress;
  }

  /** Sends one heartbeat. Ignores a failure: the next heartbeat may succeed, and until then the fencing token protects the catalogue. */
  async beat(): Promise<void> {
    const answer = await this.queue.heartbeat(this.claim, this.#progress).catch(() => "go-on" as const);
    if (answer === "go-on" || this.#stop.signal.aborted) return;
    if (answer === "displaced") this.#stop.abort(new RunDisplaced("token-taken-over", { connector: this.claim.connector }));
    else this.#stop.abort(new RunCancelled("cancelled", { by: answer.cancelledBy }));
  }
}
