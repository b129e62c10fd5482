import type { RunReport } from "../model/run/run-report.ts";
import type { Clock } from "../platform/clock.ts";
import type { StageProgress } from "./run-inputs.ts";

/** Measures a run: time per stage, total time and peak memory of its process. */
export class RunMeter {
  /** The last reported progress; null before the first stage. */
  progress: StageProgress | null = null;
  readonly #stageMs: Record<string, number> = {};
  readonly #startedAt: number;
  readonly #memoryTimer: NodeJS.Timeout;
  #stageStartedAt: number;
  #peakRss: number;

  /** `rss` returns the memory of the run's process in bytes. */
  constructor(
    private readonly clock: Clock,
    private readonly rss: () => number = process.memoryUsage.rss,
  ) {
    this.#startedAt = clock.elapsed();
    this.#stageStartedAt = this.#startedAt;
    this.#peakRss = rss();
    this.#memoryTimer = setInterval(() => this.#sampleMemory(), 100).unref();
  }

  /** Records progress. A new stage ends the previous one. */
  at(progress: StageProgress): void {
    if (this.progress?.stage !== progress.stage) this.#endStage();
    this.progress = progress;
  }

  stop(): void {
    clearInterval(this.#memoryTimer);
    this.#endStage();
    this.#sampleMemory();
  }

  /** Returns the figures so far, in milliseconds and megabytes. */
  figures(): Pick<RunReport, "stageMs" | "durationMs" | "peakRssMb"> {
    return {
      stageMs: Object.fromEntries(Object.entries(this.#stageMs).map(([stage, ms]) => [stage, Math.round(ms)])),
      durationMs: Math.round(this.clock.elapsed() - this.#startedAt),
      peakRssMb: Math.round(this.#peakRss / 1024 ** 2),
    };
  }

  #endStage(): void {
    const now = this.clock.elapsed();
    const stage = this.progress?.stage;
    if (stage !== undefined) this.#stageMs[stage] = (this.#stageMs[stage] ?? 0) + now - this.#stageStartedAt;
    this.#stageStartedAt = now;
  }

  #sampleMemory(): void {
    this.#peakRss = Math.max(this.#peakRss, this.rss());
  }
}
