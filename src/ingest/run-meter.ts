import { type BudgetName, budgetNames, bytesPerMegabyte, type RunBudget } from "../model/run/run-budget.ts";
import { RunOverBudget } from "../model/run/run-error.ts";
import type { RunReport, StageProgress } from "../model/run/run-report.ts";
import type { Clock } from "../platform/clock.ts";
import { ownUsage, type ProcessUsage } from "../platform/process-usage.ts";

/** What a meter measures with. */
interface MeterTerms {
  readonly clock: Clock;
  readonly budget: RunBudget;
  /** True if nothing else runs in the run's process, so that all its memory counts. Otherwise only the growth since the start counts. */
  readonly ownsProcess: boolean;
  /** Returns the usage of the run's process. Default: that of this process. */
  usage?(): ProcessUsage;
}

/** Measures a run, and compares it with its budget: time per stage, total time, CPU, peak memory, and amounts that the stages count. */
export class RunMeter {
  /** The last reported progress; null before the first stage. */
  progress: StageProgress | null = null;
  readonly #stageMs: Record<string, number> = {};
  readonly #used: Partial<Record<BudgetName, number>> = {};
  readonly #startedAt: number;
  readonly #atStart: ProcessUsage;
  readonly #timer: NodeJS.Timeout;
  #stageStartedAt: number;
  #peakRss: number;

  constructor(private readonly terms: MeterTerms) {
    this.#startedAt = terms.clock.elapsed();
    this.#stageStartedAt = this.#startedAt;
    this.#atStart = this.#usage();
    this.#peakRss = this.#atStart.rss;
    this.#timer = setInterval(() => this.#sample(), 100).unref();
    this.#sample();
  }

  /** Records progress. A new stage ends the previous one. */
  at(progress: StageProgress): void {
    if (this.progress?.stage !== progress.stage) this.#endStage();
    this.progress = progress;
  }

  /** Records how much the run has used of a resource so far, also if it is too much. */
  note(name: BudgetName, used: number): void {
    this.#used[name] = used;
  }

  /** Records the decoded bytes of a feed so far. Throws `RunOverBudget` if they exceed the budget. */
  noteDecoded(bytes: number): void {
    this.note("decodedMegabytes", bytes / bytesPerMegabyte);
    if (this.#isOver("decodedMegabytes")) throw RunOverBudget.of("decodedMegabytes", this.terms.budget.decodedMegabytes);
  }

  /** Returns the error if the run has used too much time, CPU or memory, or null. */
  overBudget(): RunOverBudget | null {
    this.#sample();
    const name = (["memoryMegabytes", "cpuSeconds", "seconds"] as const).find((each) => this.#isOver(each));
    return name === undefined ? null : RunOverBudget.of(name, this.terms.budget[name], this.progress?.stage);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#endStage();
    this.#sample();
  }

  /** Returns the figures so far, in milliseconds and megabytes. */
  figures(): Pick<RunReport, "stageMs" | "durationMs" | "peakRssMb" | "budget"> {
    const uses = budgetNames.flatMap((name) => {
      const used = this.#used[name];
      return used === undefined ? [] : [[name, { used: Math.round(used * 10) / 10, limit: this.terms.budget[name] }]];
    });
    return {
      stageMs: Object.fromEntries(Object.entries(this.#stageMs).map(([stage, ms]) => [stage, Math.round(ms)])),
      durationMs: Math.round(this.terms.clock.elapsed() - this.#startedAt),
      peakRssMb: Math.round(this.#peakRss / bytesPerMegabyte),
      budget: Object.fromEntries(uses),
    };
  }

  #usage(): ProcessUsage {
    return (this.terms.usage ?? ownUsage)();
  }

  #isOver(name: BudgetName): boolean {
    return (this.#used[name] ?? 0) > this.terms.budget[name];
  }

  #endStage(): void {
    const now = this.terms.clock.elapsed();
    const stage = this.progress?.stage;
    if (stage !== undefined) this.#stageMs[stage] = (this.#stageMs[stage] ?? 0) + now - this.#stageStartedAt;
    this.#stageStartedAt = now;
  }

  #sample(): void {
    const { clock, ownsProcess } = this.terms;
    const { rss, cpuSeconds } = this.#usage();
    this.#peakRss = Math.max(this.#peakRss, rss);
    this.note("seconds", (clock.elapsed() - this.#startedAt) / 1000);
    this.note("cpuSeconds", cpuSeconds - this.#atStart.cpuSeconds);
    this.note("memoryMegabytes", (this.#peakRss - (ownsProcess ? 0 : this.#atStart.rss)) / bytesPerMegabyte);
  }
}
