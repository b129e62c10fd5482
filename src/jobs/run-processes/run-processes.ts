import { setTimeout as delay } from "node:timers/promises";
import { endLostRun } from "../../ingest/end-lost-run.ts";
import type { RunLiveness, Services } from "../../ingest/run-inputs.ts";
import { RunMeter } from "../../ingest/run-meter.ts";
import { sentConnector } from "../../ingest/sent-connector.ts";
import { budgetOf } from "../../kit/budget.ts";
import { bytesPerMegabyte } from "../../model/run/run-budget.ts";
import { RunError } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import { removeSpoolFolders } from "../../platform/spool-folder.ts";
import type { JobSettings } from "../job-settings.ts";
import { type RunExecutor, type RunOrder, retriesOf } from "../worker/execute-run.ts";
import type { ProcessCatalogue } from "./messages.ts";
import { RunProcess } from "./run-process.ts";

/** An idle process is ended after this time. */
const idleMs = 5 * 60_000;
const closeWithinMs = 5000;
/** A process is kept if it uses at most this share of the memory that a run may use, so that the next run has enough. */
const keptShare = 0.5;

/** What the processes of runs need. */
export interface RunProcessesOptions {
  /** Services of the parent, on the same catalogue. */
  readonly services: Services;
  readonly catalogue: ProcessCatalogue;
  readonly logLevel: string;
  readonly settings: Pick<JobSettings, "retrySeconds" | "lockSeconds" | "processMemoryMb">;
}

/**
 * Child processes that execute runs, one run at a time each. A crash, a loop or too much memory ends only the run of its process. Idle
 * processes are kept for the next runs. A process is replaced if it was killed, if it uses too much memory after a run, or if the code of
 * a connector has changed since.
 */
export class RunProcesses implements RunExecutor {
  readonly #idle = new Map<RunProcess, NodeJS.Timeout>();
  readonly #busy = new Set<RunProcess>();
  readonly #runs = new Set<Promise<RunReport>>();
  /** Fingerprints of connectors whose code a process has loaded, by id. A process cannot load changed code again. */
  readonly #loaded = new WeakMap<RunProcess, Map<string, string>>();

  constructor(private readonly options: RunProcessesOptions) {}

  async execute(order: RunOrder, liveness: RunLiveness): Promise<RunReport> {
    const run = this.#execute(order, liveness);
    this.#runs.add(run);
    return run.finally(() => this.#runs.delete(run));
  }

  async #execute(order: RunOrder, liveness: RunLiveness): Promise<RunReport> {
    const { services, settings } = this.options;
    const { connector, ...plain } = order;
    const sent = sentConnector(connector);
    const process = this.#take(sent.functionsIn === null ? null : connector);
    const budget = budgetOf(connector.definition, settings.processMemoryMb);
    const meter = new RunMeter({ clock: services.clock, budget, ownsProcess: true, usage: () => process.usage });
    try {
      return await process.execute({ ...plain, connector: sent }, liveness, meter);
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      await this.#bury(process);
      const claimed = { runId: order.runId, liveness, again: retriesOf(order, services, settings.retrySeconds) };
      return await endLostRun({ connector, claimed, error, meter }, services);
    } finally {
      meter.stop();
      this.#giveBack(process);
    }
  }

  /** Returns the numbers of processes. */
  figures(): { readonly busy: number; readonly idle: number; readonly rss: number } {
    const all = [...this.#busy, ...this.#idle.keys()];
    return { busy: this.#busy.size, idle: this.#idle.size, rss: all.reduce((sum, process) => sum + process.usage.rss, 0) };
  }

  async close(): Promise<void> {
    for (const timer of this.#idle.values()) clearTimeout(timer);
    const all = [...this.#busy, ...this.#idle.keys()];
    this.#idle.clear();
    await Promise.all(all.map((process) => process.end()));
    // The ends of killed runs are stored now, unless the database does not answer.
    await Promise.race([Promise.allSettled(this.#runs), delay(closeWithinMs, undefined, { ref: false })]);
  }

  /** Takes an idle process, or starts one. `coded`: the connector, if its code must be loaded. */
  #take(coded: RunOrder["connector"] | null): RunProcess {
    for (const [process, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(process);
      if (process.isAlive && this.#canLoad(process, coded)) return this.#begin(process, coded);
      void process.end();
    }
    const { services, catalogue, logLevel, settings } = this.options;
    const { environment, allowHosts, normaliser, clock, logger, beatMs = 5000 } = services;
    const { retrySeconds, lockSeconds, processMemoryMb } = settings;
    const start = { catalogue, environment, allowHosts, normaliser, fixedNow: clock.fixed, logLevel, retrySeconds, processMemoryMb };
    const process = new RunProcess(start, { pingMs: beatMs, silentMs: lockSeconds * 1000 }, logger, services.catalogue.share?.() ?? null);
    return this.#begin(process, coded);
  }

  #begin(process: RunProcess, coded: RunOrder["connector"] | null): RunProcess {
    this.#busy.add(process);
    if (coded === null) return process;
    const loaded = this.#loaded.get(process) ?? new Map<string, string>();
    this.#loaded.set(process, loaded.set(coded.definition.id, coded.fingerprint));
    return process;
  }

  #canLoad(process: RunProcess, coded: RunOrder["connector"] | null): boolean {
    const known = coded === null ? undefined : this.#loaded.get(process)?.get(coded.definition.id);
    return known === undefined || known === coded?.fingerprint;
  }

  #giveBack(process: RunProcess): void {
    this.#busy.delete(process);
    if (!process.isAlive || process.usage.rss > keptShare * this.options.settings.processMemoryMb * bytesPerMegabyte)
      return void process.end();
    const leave = () => {
      this.#idle.delete(process);
      void process.end();
    };
    this.#idle.set(process, setTimeout(leave, idleMs).unref());
  }

  /** Deletes the downloads of a process that has died. */
  async #bury(process: RunProcess): Promise<void> {
    if (process.isAlive || process.pid === undefined) return;
    await process.ended;
    await removeSpoolFolders(process.pid).catch((error: unknown) => {
      this.options.services.logger.warn({ err: error }, "the downloads of a dead process are still there");
    });
  }
}
