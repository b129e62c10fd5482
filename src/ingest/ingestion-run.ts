import { randomUUID } from "node:crypto";
import type { LastApplied } from "../catalogue/runs/applied-run-repository.ts";
import type { RunFeed } from "../catalogue/runs/run-repository.ts";
import type { RunClaim } from "../catalogue/runs/staging-repository.ts";
import { budgetOf } from "../kit/budget.ts";
import { machineCauseOf } from "../model/run/machine-cause.ts";
import { bytesPerMegabyte, type RunBudget } from "../model/run/run-budget.ts";
import { type Outcome, RunError, RunFailed } from "../model/run/run-error.ts";
import type { RunReport, RunStage } from "../model/run/run-report.ts";
import { editionStamp } from "../model/territories/edition.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import { shownAddress } from "../platform/shown-address.ts";
import { LazySpoolFolder } from "../platform/spool-folder.ts";
import { type DecodeLimits, defaultDecodeLimits } from "./decode/decoded.ts";
import { ForgottenFilter } from "./forgotten-filter.ts";
import { RunFindings } from "./run-findings.ts";
import { RunHeartbeat } from "./run-heartbeat.ts";
import type { ClaimedRun, RunLiveness, RunnableConnector, RunOptions, Services } from "./run-inputs.ts";
import { RunMeter } from "./run-meter.ts";
import { storedOrLogged, storeRunEnd } from "./store-run-end.ts";

/** Returns the fingerprint of connector, term files, normaliser and edition of territories, which determine the aid of a record. */
export function mappingOf({ fingerprint }: RunnableConnector, { normaliser }: Pick<Services, "normaliser">): string {
  return fingerprintOf(`${fingerprint} ${normaliser} ${editionStamp()}`);
}

/** One run, from its fencing token to its report. */
export class IngestionRun {
  /** Identifies the run and its fencing token in every write. */
  readonly claim: RunClaim;
  readonly findings: RunFindings;
  readonly liveness: RunLiveness;
  readonly budget: RunBudget;
  readonly forgotten = new ForgottenFilter();
  /** Folder of downloads, deleted when the run ends. */
  readonly spool = new LazySpoolFolder();
  /** Settles when the snapshot is stored. The run waits for it before it ends. */
  snapshotStored: Promise<void> = Promise.resolve();
  readonly #meter: RunMeter;
  /** The heartbeat of a run outside the queue. The worker that claimed a run sends its heartbeats. */
  readonly #heartbeat: RunHeartbeat | undefined;

  private constructor(
    readonly connector: RunnableConnector,
    readonly services: Services,
    readonly options: RunOptions,
    /** See `mappingOf`. */
    readonly mapping: string,
    readonly lastApplied: LastApplied | null,
    token: number,
    private readonly claimed: ClaimedRun | undefined,
  ) {
    const { id } = connector.definition;
    this.claim = { runId: claimed?.runId ?? randomUUID(), connector: id, token };
    this.findings = new RunFindings(connector.definition);
    this.budget = budgetOf(connector.definition, services.processMemoryMb);
    this.#meter = new RunMeter({ clock: services.clock, budget: this.budget, ownsProcess: services.processMemoryMb !== undefined });
    if (claimed !== undefined) this.liveness = claimed.liveness;
    else this.liveness = this.#heartbeat = new RunHeartbeat(services.catalogue.runQueue, this.claim);
  }

  /** Prepares a run. Takes the connector's next fencing token, unless the claim already has one. */
  static async begin(connector: RunnableConnector, services: Services, options: RunOptions, claimed?: ClaimedRun): Promise<IngestionRun> {
    const { catalogue, clock } = services;
    const { id } = connector.definition;
    const mapping = mappingOf(connector, services);
    const token = claimed?.token ?? (await catalogue.connectors.takeToken(id, clock.now()));
    const lastApplied = await catalogue.appliedRuns.last(id);
    return new IngestionRun(connector, services, options, mapping, lastApplied, token, claimed);
  }

  /** Records the start in the catalogue. Throws `RunDisplaced` if another run has taken a newer fencing token. */
  async start(): Promise<void> {
    const { catalogue, clock, worker, beatMs } = this.services;
    this.#heartbeat?.start(beatMs);
    if (this.claimed !== undefined) return; // the claim recorded it
    await catalogue.runs.start({
      ...(worker !== undefined && { worker }),
      ...this.claim,
      now: clock.now(),
      mappingFingerprint: this.mapping,
      // An address typed by hand may contain a password.
      options: { ...this.options, ...(this.options.url !== undefined && { url: shownAddress(this.options.url) }) },
    });
  }

  /** Records progress. Throws the reason if the run must stop. Call it only where the run can stop safely. */
  at(stage: RunStage, done = 0, of: number | null = null): void {
    this.liveness.signal.throwIfAborted();
    this.#meter.at({ stage, done, of });
    if (stage === "fetch" && this.options.file === undefined) this.#meter.note("downloadMegabytes", done / bytesPerMegabyte);
    const over = this.#meter.overBudget();
    if (over !== null) throw over;
    this.liveness.at({ stage, done, of });
    this.services.onProgress?.({ stage, done, of });
  }

  /** Marks the start of the apply stage. Checks again whether the run must stop. */
  async atApply(): Promise<void> {
    this.at("apply");
    await this.liveness.beat();
    this.liveness.signal.throwIfAborted();
  }

  /** Records the number of downloaded pages. */
  notePages(count: number): void {
    this.#meter.note("pages", count);
  }

  /** Returns the limits for one reading of the feed, which count its bytes. */
  decodeLimits(): DecodeLimits {
    const sizes = new Map<string, number>();
    let total = 0;
    return {
      ...defaultDecodeLimits,
      decompressedBytes: this.budget.decodedMegabytes * bytesPerMegabyte,
      // The beginning of a file may be read more than once, for example to detect its encoding.
      onDecoded: (file, bytes) => {
        const before = sizes.get(file) ?? 0;
        if (bytes <= before) return;
        sizes.set(file, bytes);
        total += bytes - before;
        this.#meter.noteDecoded(total);
      },
    };
  }

  /** True if the run must not change the catalogue. */
  get isDry(): boolean {
    return this.options.dryRun === true || this.options.limit !== undefined || this.options.trial !== undefined;
  }

  /** Returns the report. It is written in the transaction that applies the plan, so that applied changes always have a report. */
  reportOnApply(): RunReport {
    return this.#report(this.findings.outcome(true), null, this.findings.summary());
  }

  /** Ends a run that made a plan. */
  async endPlanned(applied: boolean): Promise<RunReport> {
    return this.#end(this.findings.outcome(applied), null);
  }

  /** Ends a run whose feed and mapping equal those of the last applied run. Its records were not read. */
  async endUnchanged(last: LastApplied, feed: RunFeed): Promise<RunReport> {
    await this.#stop();
    const report = this.#report("unchanged", null, this.findings.repeat(last.report));
    const end = { report, now: this.services.clock.now(), feed, countsAsApplied: !this.isDry };
    await storedOrLogged(this.services, report, this.claimed?.liveness, () =>
      this.services.catalogue.runs.endUnchanged(this.claim.runId, end),
    );
    return report;
  }

  /** Ends a run that failed. An error that is not a `RunError` is a fault of ours. */
  async endFailed(error: unknown): Promise<RunReport> {
    const known = error instanceof RunError ? error : unexpected(error);
    const { connector, runId: run } = this.claim;
    if (known.outcome === "failed") this.services.logger.error({ connector, run, err: error }, "run failed");
    return this.#end(known.outcome, known);
  }

  async #end(outcome: Outcome, error: RunError | null): Promise<RunReport> {
    await this.#stop();
    const report = this.#report(outcome, error, this.findings.summary());
    await storeRunEnd(this.services, report, error, this.claimed);
    return report;
  }

  async #stop(): Promise<void> {
    this.#heartbeat?.stop();
    this.#meter.stop();
    this.liveness.ending?.();
    await this.snapshotStored.catch(() => undefined); // `run.ts` awaits the same promise and throws its error
    await this.spool.remove();
  }

  #report(outcome: Outcome, error: RunError | null, { planId, feed, ...findings }: ReturnType<RunFindings["summary"]>): RunReport {
    const { runId, connector } = this.claim;
    const { received, rejected } = this.findings.tally;
    if (received > 0) {
      this.#meter.note("records", received);
      this.#meter.note("rejects", rejected);
    }
    return {
      runId,
      planId,
      connector,
      outcome,
      now: this.services.clock.fixed,
      feed: this.forgotten.isFound ? { ...feed, namesForgotten: true } : feed,
      ...findings,
      error: error === null ? null : { code: error.code, params: error.params },
      ...this.#meter.figures(),
    };
  }
}

/** Returns the error for a failure without a `RunError`: of the system, such as a full temporary folder, or else a fault of ours. */
function unexpected(error: unknown): RunFailed {
  const code = error instanceof Error && "syscall" in error && "code" in error ? String(error.code) : "";
  if (machineCauseOf(code) === null) return new RunFailed("internal", { reason: String(error) }, { cause: error });
  return new RunFailed("storage-failed", { reason: code, place: "temporary-folder" }, { cause: error });
}
