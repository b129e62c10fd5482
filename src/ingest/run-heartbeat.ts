import type { RunQueueRepository } from "../catalogue/runs/run-queue-repository.ts";
import { RunCancelled, RunDisplaced } from "../model/run/run-error.ts";
import type { StageProgress } from "./run-inputs.ts";

const defaultIntervalMs = 5000;

/** Identity under which a run writes. The catalogue refuses writes under a token that was taken over. */
export interface RunClaim {
  readonly runId: string;
  readonly connector: string;
  readonly token: number;
}

/** Reports to the catalogue that a run is alive, and learns whether it was cancelled or displaced. */
export class RunHeartbeat {
  /** Aborted with a `RunError` as its reason when the run must stop. */
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  /** `outside` is a second reason to stop, from whoever claimed the run. `progress` returns the current progress. */
  constructor(
    private readonly queue: RunQueueRepository,
    private readonly claim: RunClaim,
    private readonly progress: () => StageProgress | null,
    outside: AbortSignal | undefined,
  ) {
    this.signal = outside === undefined ? this.#stop.signal : AbortSignal.any([this.#stop.signal, outside]);
  }

  start(intervalMs = defaultIntervalMs): void {
    this.#timer = setInterval(() => void this.beat(), intervalMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Sends one heartbeat. A failed one is ignored: the next may get through, and the fence protects the catalogue meanwhile. */
  async beat(): Promise<void> {
    const answer = await this.queue.heartbeat(this.claim, this.progress()).catch(() => "go-on" as const);
    if (answer === "go-on" || this.#stop.signal.aborted) return;
    if (answer === "displaced") this.#stop.abort(new RunDisplaced("token-taken-over", { connector: this.claim.connector }));
    else this.#stop.abort(new RunCancelled("cancelled", { by: answer.cancelledBy }));
  }
}
