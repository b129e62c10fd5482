import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { SharedDatabase } from "../../catalogue/connection/shared-database.ts";
import type { RunLiveness } from "../../ingest/run-inputs.ts";
import type { RunMeter } from "../../ingest/run-meter.ts";
import { type RunError, RunFailed, RunHandedBack } from "../../model/run/run-error.ts";
import type { RunReport, RunStage } from "../../model/run/run-report.ts";
import type { Logger } from "../../platform/logger.ts";
import { type ProcessUsage, usageOf } from "../../platform/process-usage.ts";
import { startProcess } from "../../platform/start-module.ts";
import { type FromProcess, type ProcessStart, receivedError, type SentOrder, sentError, type ToProcess } from "./messages.ts";

/** Time for a run to reach a safe point after the order to stop. Then its process is killed. */
const stopWithinMs = 5000;
/** Interval of the checks whether a run is within its budget. */
const budgetCheckMs = 200;
/** Time for an idle process to end by itself. */
const leaveWithinMs = 2000;
const startWithinMs = 60_000;

/** A run in the process. */
interface CurrentRun {
  readonly runId: string;
  readonly liveness: RunLiveness;
  readonly meter: RunMeter;
  readonly end: (report: RunReport) => void;
  readonly fail: (error: RunError) => void;
  /** Its work is done, so it uses no budget. */
  isEnding: boolean;
}

/** Times of a process. */
export interface ProcessTimes {
  /** Interval of the checks whether the process answers, in milliseconds. */
  readonly pingMs: number;
  /** A process that does not answer for this long is killed. */
  readonly silentMs: number;
}

/** A child process that executes runs, one after the other. */
export class RunProcess {
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #lastOutput: () => readonly string[];
  #run: CurrentRun | null = null;
  #stage: RunStage | null = null;
  #isReady = false;
  #hasEnded = false;
  #unanswered = 0;
  #usage: ProcessUsage = { rss: 0, cpuSeconds: 0 };
  /** Why we killed the process. */
  #killedFor: RunError | null = null;

  constructor(
    start: ProcessStart,
    private readonly times: ProcessTimes,
    logger: Logger,
    /** Our embedded database, if the process uses it. */
    private readonly shared: SharedDatabase | null,
  ) {
    this.#child = startProcess(new URL("./process-main.ts", import.meta.url));
    this.#lastOutput = relayOutput([this.#child.stdout, this.#child.stderr], logger);
    this.#child.on("message", (message: FromProcess) => this.#receive(message));
    this.#child.on("error", (error) => {
      logger.error({ err: error }, "a run's process has trouble");
      if (this.pid === undefined) this.#run?.fail(new RunFailed("internal", { reason: String(error) }));
    });
    this.ended = new Promise((ended) => {
      this.#child.once("close", async (code, signal) => {
        this.#hasEnded = true;
        await this.shared?.close().catch(() => undefined); // the database is closed already
        const output = this.#lastOutput();
        const { runId: run } = this.#run ?? {};
        if (run !== undefined) logger.error({ run, pid: this.pid, code, signal, output }, "a run's process ended during its run");
        this.#run?.fail(this.#killedFor ?? deathOf(code, signal, output));
        ended();
      });
    });
    this.#send({ kind: "start", start });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Memory and CPU time, as last known. */
  get usage(): ProcessUsage {
    const now = this.pid === undefined || this.#hasEnded ? null : usageOf(this.pid);
    if (now !== null) this.#usage = now;
    return this.#usage;
  }

  /** True unless the process has ended or is about to. */
  get isAlive(): boolean {
    return !this.#hasEnded && this.#child.connected && this.#killedFor === null;
  }

  /**
   * Executes a run, notes its progress in `meter`, and stops it if it uses more than its budget. Throws a `RunError` if the run could not
   * begin or the process died.
   */
  async execute(order: SentOrder, liveness: RunLiveness, meter: RunMeter): Promise<RunReport> {
    const { signal } = liveness;
    const ended = new Promise<RunReport>((end, fail) => {
      this.#run = { runId: order.runId, liveness, meter, end, fail, isEnding: false };
    });
    this.#stage = null;
    this.#unanswered = 0;
    this.#send({ kind: "run", order });
    let patience: NodeJS.Timeout | undefined;
    const stop = (reason: RunError) => {
      if (patience !== undefined) return;
      this.#send({ kind: "stop", reason: sentError(reason) });
      patience = setTimeout(() => this.#killUnlessApplying(reason), stopWithinMs).unref();
    };
    const onAbort = () => stop(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    const startedAt = performance.now();
    const checks = setInterval(() => this.#check(performance.now() - startedAt), this.times.pingMs).unref();
    const budgetChecks = setInterval(() => {
      const over = this.#run?.isEnding ? null : meter.overBudget();
      // Memory does not wait for a safe point.
      if (over?.params.budget === "memoryMegabytes") this.#kill(over);
      else if (over !== null) stop(over);
    }, budgetCheckMs).unref();
    try {
      return await ended;
    } finally {
      this.#run = null;
      clearInterval(checks);
      clearInterval(budgetChecks);
      clearTimeout(patience);
      signal.removeEventListener("abort", onAbort);
    }
  }

  /** Ends the process. Kills it if it has a run, which is then returned to the queue. */
  async end(): Promise<void> {
    if (this.pid === undefined) return;
    if (this.#run !== null) this.#kill(new RunHandedBack("handed-back"));
    else this.#send({ kind: "leave" });
    const late = setTimeout(() => this.#child.kill("SIGKILL"), leaveWithinMs);
    await this.ended;
    clearTimeout(late);
  }

  #receive(message: FromProcess): void {
    this.#isReady = true;
    this.#unanswered = 0;
    if ("usage" in message) this.#usage = message.usage;
    const run = this.#run;
    if (message.kind === "ask") void this.shared?.answer(message.request).then((answer) => this.#send({ kind: "answer", answer }));
    if (run === null) return;
    if (message.kind === "progress") {
      this.#stage = message.progress.stage;
      run.meter.at(message.progress);
      run.liveness.at(message.progress);
    } else if (message.kind === "beat") void run.liveness.beat().then(() => this.#send({ kind: "beaten" }));
    else if (message.kind === "ending") run.isEnding = true;
    else if (message.kind === "not-stored") run.liveness.notStored?.(receivedError(message.reason));
    else if (message.kind === "ended") run.end(message.report);
    else if (message.kind === "refused") run.fail(receivedError(message.reason));
  }

  /**
   * Kills a process that does not answer, as if a loop blocks it or it is stopped. Counts checks and not time: while this process is
   * suspended, the other one may be too.
   */
  #check(elapsedMs: number): void {
    const { pingMs, silentMs } = this.times;
    if (!this.#isReady) {
      if (elapsedMs > startWithinMs) this.#kill(new RunFailed("process-silent", { seconds: Math.round(startWithinMs / 1000) }));
      return;
    }
    if (this.#unanswered * pingMs >= silentMs) this.#kill(new RunFailed("process-silent", { seconds: Math.round(silentMs / 1000) }));
    this.#unanswered++;
    this.#send({ kind: "ping" });
  }

  /** A plan is applied in one transaction, which ends soon. */
  #killUnlessApplying(reason: RunError): void {
    if (this.#stage !== "apply") this.#kill(reason);
  }

  #kill(reason: RunError): void {
    this.#killedFor ??= reason;
    this.#child.kill("SIGKILL");
  }

  #send(message: ToProcess): void {
    // The process may end meanwhile, which `close` reports.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

/** Returns why a process died. */
function deathOf(code: number | null, signal: NodeJS.Signals | null, output: readonly string[]): RunError {
  if (output.some((line) => line.includes("JavaScript heap out of memory"))) return new RunFailed("out-of-memory");
  if (code === null) return new RunFailed("process-ended", { signal: signal ?? "?" });
  const reason = output.find((line) => /^\w*Error\b/.test(line));
  return new RunFailed("process-ended", { exitCode: code, ...(reason !== undefined && { reason: reason.slice(0, 300) }) });
}

/** Number of lines kept to explain the death of a process. */
const keptLines = 30;
const levels = { 10: "trace", 20: "debug", 30: "info", 40: "warn", 50: "error", 60: "fatal" } as const;

/**
 * Passes a process's log lines on to our logger, so that lines of several processes do not mix. Other output, such as Node's messages
 * before it dies or `console.log` in a connector, is logged as `debug`. Returns a function that returns the last lines of such output.
 */
function relayOutput(streams: readonly (Readable | null)[], logger: Logger): () => readonly string[] {
  const kept: string[] = [];
  const relay = (line: string) => {
    const logged = logLine(line);
    if (logged !== null) return logger[logged.level](logged.fields, logged.message);
    if (line.trim() === "") return;
    kept.push(line);
    if (kept.length > keptLines) kept.shift();
    logger.debug({ output: line }, "output of a run's process");
  };
  for (const stream of streams) {
    if (stream === null) continue;
    // A killed process may leave a broken pipe.
    stream.on("error", () => undefined);
    createInterface({ input: stream })
      .on("line", relay)
      .on("error", () => undefined);
  }
  return () => kept;
}

/** Returns the parts of a line of our logger, or null for any other line. */
function logLine(line: string) {
  if (!line.startsWith('{"level":')) return null;
  try {
    const { level, time, msg, ...fields } = JSON.parse(line) as { level: keyof typeof levels; time: number; msg: string };
    return level in levels ? { level: levels[level], fields, message: msg } : null;
  } catch {
    return null;
  }
}
