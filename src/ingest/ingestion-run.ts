import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { LastApplied } from "../catalogue/runs/run-repository.ts";
import { issue } from "../model/issue.ts";
import type { GuardFinding, PlanCounts } from "../model/plan/plan.ts";
import { type Outcome, RunCancelled, RunDisplaced, RunError, RunFailed } from "../model/run/run-error.ts";
import type { RunReport, RunStage } from "../model/run/run-report.ts";
import { fingerprintOf } from "../model/text/canonical.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/logger.ts";
import { shownAddress } from "../platform/shown-address.ts";
import { makeSpoolFolder } from "../platform/spool-folder.ts";
import type { BuiltPlan } from "./built-plan.ts";
import type { Decoded } from "./decode/decoded.ts";
import { cleaned, type FeedCleaner } from "./feed-cleaner.ts";
import { fieldsNeverSeen, unreadFields } from "./map/account-fields.ts";
import { RunTally } from "./report/run-tally.ts";
import type { RunnableConnector } from "./runnable-connector.ts";

/** What a run needs of the world. */
export interface Services {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `host:port` that fetch may reach though private. */
  readonly allowHosts: readonly string[];
  /** Version of the code that reads records. */
  readonly normaliser: string;
  /** What feeds are read through once somebody was forgotten; null before. Throws `FeedRefused` where it cannot know whom. */
  feedCleaner?(): Promise<FeedCleaner | null>;
  /** Who runs this process: runs carry it. */
  readonly worker?: string;
  /** How often a run says that it goes on, in milliseconds. Default 5,000. */
  readonly beatMs?: number;
  /** Told how far the run is. */
  onProgress?(progress: StageProgress): void;
}

/** Where a run stands: stage, and what was done of how much. */
export interface StageProgress {
  readonly stage: RunStage;
  readonly done: number;
  readonly of: number | null;
}

/** A run that was asked for before and whose turn has come: its fencing token was taken when it was claimed. */
export interface ClaimedRun {
  readonly runId: string;
  readonly token: number;
  /** Aborted, with a `RunError` as its reason, where the run is to stop at the next safe point. */
  readonly signal: AbortSignal;
  /** Whether the run is tried again after this error, and when; null: it is not. */
  again(error: RunError): Promise<{ readonly afterSeconds: number; readonly countsAsTry: boolean } | null>;
}

/** How a run is asked for. */
export interface RunOptions {
  /** The whole feed in a file. */
  readonly file?: string;
  /** The whole feed at another address. */
  readonly url?: string;
  /** Runs a stored snapshot again: its hash, or the beginning of it. */
  readonly snapshot?: string;
  /** The snapshot is a file that a person has just brought, not a feed that was read before. */
  readonly brought?: boolean;
  /** Leaves an open plan and writes nothing to the catalogue. */
  readonly dryRun?: boolean;
  /** Stops after so many records; implies a dry run. */
  readonly limit?: number;
  /** Reads the feed though it has not changed. */
  readonly force?: boolean;
  /** The trial of a changed definition (`ConnectorVersionRepository.trial`) by which the feed is read; it is a dry run. */
  readonly trial?: number;
}

const defaultBeatMs = 5000;

const noChanges: PlanCounts = { created: 0, updated: 0, restored: 0, unchanged: 0, ignored: 0, missing: 0, withdrawn: 0, proposals: 0 };

/** One run while it goes on: who it is, what it has counted, and how it ends. */
export class IngestionRun {
  readonly runId: string;
  readonly tally = new RunTally();
  planId: string | null = null;
  counts: PlanCounts = noChanges;
  guards: readonly GuardFinding[] = [];
  warnings: readonly GuardFinding[] = [];
  remarks: RunReport["remarks"] = {};
  feed: RunReport["feed"] = { sha256: null, bytes: null };
  /** The snapshot on its way into the catalogue: the run does not end before it is there, whatever comes of the feed. */
  keeping: Promise<void> = Promise.resolve();
  /** Aborted where the run is to stop: it was cancelled, taken over, or handed back. */
  readonly signal: AbortSignal;
  readonly #stop = new AbortController();
  readonly #begun: number;
  #peakRss = process.memoryUsage.rss();
  readonly #watch: NodeJS.Timeout;
  /** The feed names somebody who was forgotten. */
  sawForgotten = false;
  #cleaner: FeedCleaner | null = null;
  #heart: NodeJS.Timeout | undefined;
  #progress: StageProgress | null = null;
  readonly #stageMs: Partial<Record<RunStage, number>> = {};
  #stageBegun: number;

  private constructor(
    readonly connector: RunnableConnector,
    readonly services: Services,
    readonly options: RunOptions,
    /** Fencing token: what this run writes is written under it, or not at all. */
    readonly token: number,
    /** Fingerprint of all that decides what a record becomes: connector, term files, normaliser. */
    readonly mapping: string,
    readonly lastApplied: LastApplied | null,
    /** Where downloads lie until the run ends. */
    readonly spoolFolder: string,
    private readonly claimed: ClaimedRun | undefined,
  ) {
    this.runId = claimed?.runId ?? randomUUID();
    this.signal = claimed === undefined ? this.#stop.signal : AbortSignal.any([this.#stop.signal, claimed.signal]);
    this.#begun = services.clock.elapsed();
    this.#stageBegun = this.#begun;
    this.#watch = setInterval(() => this.#notePeak(), 100).unref();
  }

  /** Takes the connector over, unless it was claimed for this run. */
  static async begin(connector: RunnableConnector, services: Services, options: RunOptions, claimed?: ClaimedRun): Promise<IngestionRun> {
    const { catalogue, clock, normaliser } = services;
    const { id } = connector.definition;
    const mapping = fingerprintOf(`${connector.fingerprint} ${normaliser}`);
    const token = claimed?.token ?? (await catalogue.connectors.takeToken(id, clock.now()));
    const lastApplied = await catalogue.runs.lastApplied(id);
    return new IngestionRun(connector, services, options, token, mapping, lastApplied, await makeSpoolFolder(), claimed);
  }

  /** Writes down that the run has begun. Throws `RunDisplaced` where another one took the connector over meanwhile. */
  async start(): Promise<void> {
    const { catalogue, clock, worker } = this.services;
    this.#heart = setInterval(() => void this.#beat(), this.services.beatMs ?? defaultBeatMs).unref();
    if (this.claimed !== undefined) return catalogue.runs.recordMapping(this.claim, this.mapping);
    await catalogue.runs.start({
      ...(worker !== undefined && { worker }),
      ...this.claim,
      now: clock.now(),
      mappingFingerprint: this.mapping,
      // As it may be shown: an address by hand may hold a password.
      options: { ...this.options, ...(this.options.url !== undefined && { url: shownAddress(this.options.url) }) },
    });
  }

  /** Says how far the run is; throws why it is to stop, where it is: called wherever it can stop and leave nothing half-done. */
  at(stage: RunStage, done = 0, of: number | null = null): void {
    this.signal.throwIfAborted();
    if (this.#progress?.stage !== stage) this.#endStage();
    this.#progress = { stage, done, of };
    this.services.onProgress?.(this.#progress);
  }

  /** What was decoded, without people who were forgotten. */
  withoutForgotten(batches: AsyncIterable<readonly Decoded[]>): AsyncIterable<readonly Decoded[]> {
    if (this.#cleaner === null) return batches;
    return cleaned(batches, this.#cleaner, () => {
      this.sawForgotten = true;
      this.feed = { ...this.feed, namesForgotten: true };
    });
  }

  /** Learns who was forgotten; to be asked under the fencing token, since forgetting takes it: who is forgotten later ends this run. */
  async learnForgotten(): Promise<FeedCleaner | null> {
    this.#cleaner = (await this.services.feedCleaner?.()) ?? null;
    return this.#cleaner;
  }

  #endStage(): void {
    const now = this.services.clock.elapsed();
    const stage = this.#progress?.stage;
    if (stage !== undefined) this.#stageMs[stage] = (this.#stageMs[stage] ?? 0) + now - this.#stageBegun;
    this.#stageBegun = now;
  }

  /** Says that the plan is about to be written, and hears for the last time whether it is to be. */
  async atApply(): Promise<void> {
    this.at("apply");
    await this.#beat();
    this.signal.throwIfAborted();
  }

  /** True where nothing may be written to the catalogue. */
  get isDry(): boolean {
    return this.options.dryRun === true || this.options.limit !== undefined || this.options.trial !== undefined;
  }

  /** Who writes: the catalogue takes nothing from a run that was displaced. */
  get claim(): { runId: string; connector: string; token: number } {
    return { runId: this.runId, connector: this.connector.definition.id, token: this.token };
  }

  /** Takes note of what the run's plan would do and of what the guards saw. */
  takePlan(
    { planId, counts, remarks }: Pick<BuiltPlan, "planId" | "counts" | "remarks">,
    holds: readonly GuardFinding[],
    warnings: readonly GuardFinding[],
  ): void {
    this.planId = planId;
    this.counts = counts;
    this.remarks = remarks;
    this.guards = holds;
    this.warnings = warnings;
  }

  /** How a run ends whose plan was made. `applied`: the plan was written, or is about to be. */
  plannedOutcome(applied: boolean): Outcome {
    const { created, updated, restored, withdrawn, proposals } = this.counts;
    if (this.guards.length > 0) return "held";
    if (created + updated + restored + withdrawn + proposals === 0) return "unchanged";
    if (!applied) return "planned";
    return this.tally.rejected > 0 ? "applied-with-rejects" : "applied";
  }

  /** The report as it stands: written in the transaction that writes the plan, so that what was written never lacks its report. */
  reportSoFar(): RunReport {
    return this.#report(this.plannedOutcome(true), null, undefined);
  }

  /** Ends the run as its plan and its guards say. */
  async endPlanned(applied: boolean): Promise<RunReport> {
    return this.#end(this.plannedOutcome(applied), null);
  }

  /** Ends a run whose feed, connector, terms and normaliser are those of the last applied one: nothing was read, what was found then is said again. */
  async endAsBefore(last: LastApplied): Promise<RunReport> {
    const { counts } = last.report;
    const { valid, ignored, missing, withdrawn } = counts;
    // What that run withdrew was withdrawn before this one.
    this.counts = { ...noChanges, unchanged: valid - ignored, ignored, missing: missing - withdrawn };
    // What the portal of the feed says was asked today.
    const issues = [...last.report.issues.filter(({ code }) => code !== "licence-differs"), ...this.tally.summary([]).issues];
    return this.#end("unchanged", null, !this.isDry, { ...last.report, issues });
  }

  /** Ends a run that could not go on. What is no RunError is our own fault. */
  async endBroken(error: unknown): Promise<RunReport> {
    const known = error instanceof RunError ? error : new RunFailed("internal", { reason: String(error) }, { cause: error });
    const { connector, services } = this;
    if (known.outcome === "failed")
      services.logger.error({ connector: connector.definition.id, run: this.runId, err: error }, "run failed");
    return this.#end(known.outcome, known);
  }

  async #end(outcome: Outcome, error: RunError | null, countsAsApplied = false, asBefore?: RunReport): Promise<RunReport> {
    clearInterval(this.#watch);
    clearInterval(this.#heart);
    this.#endStage();
    this.#notePeak();
    await this.keeping.catch(() => undefined); // it was thrown where the plan waited for it
    await rm(this.spoolFolder, { recursive: true, force: true });
    const report = this.#report(outcome, error, asBefore);
    const again = error === null ? null : ((await this.claimed?.again(error)) ?? null);
    const end = { outcome, report, now: this.services.clock.now(), countsAsApplied, again };
    await this.services.catalogue.runs.end(this.runId, end).catch((failure: unknown) => {
      // The report still reaches who asked; the next run of the connector marks this one abandoned.
      this.services.logger.error({ connector: report.connector, run: this.runId, err: failure }, "run could not be written down");
    });
    return report;
  }

  #report(outcome: Outcome, error: RunError | null, asBefore: RunReport | undefined): RunReport {
    const { tally, services, connector } = this;
    const { received, skipped, rejected, valid } = asBefore?.counts ?? tally;
    const found = asBefore ?? this.#found();
    return {
      runId: this.runId,
      planId: this.planId,
      connector: connector.definition.id,
      outcome,
      now: services.clock.fixed,
      feed: this.feed,
      counts: { received, skipped, rejected, valid, ...this.counts },
      skippedBy: found.skippedBy,
      issues: found.issues,
      unmappedTerms: found.unmappedTerms,
      unreadFields: found.unreadFields,
      fillRates: found.fillRates,
      guards: this.guards,
      warnings: this.warnings,
      remarks: this.remarks,
      error: error === null ? null : { code: error.code, params: error.params },
      stageMs: this.#roundedStages(),
      durationMs: Math.round(services.clock.elapsed() - this.#begun),
      peakRssMb: Math.round(this.#peakRss / 1024 ** 2),
    };
  }

  #roundedStages(): RunReport["stageMs"] {
    return Object.fromEntries(Object.entries(this.#stageMs).map(([stage, took]) => [stage, Math.round(took)]));
  }

  #found(): Pick<RunReport, "skippedBy" | "issues" | "unmappedTerms" | "unreadFields" | "fillRates"> {
    const { tally } = this;
    const { definition } = this.connector;
    const neverSeen = tally.received === 0 ? [] : fieldsNeverSeen(definition, tally.seenFields);
    const feedIssues = neverSeen.map((name) => issue("map", "field-never-seen", { field: name }));
    return { ...tally.summary(feedIssues), unreadFields: unreadFields(definition, tally.seenFields) };
  }

  /** Says that the run goes on, and hears whether it is to. A beat that fails says nothing: the next one may get through. */
  async #beat(): Promise<void> {
    const heard = await this.services.catalogue.runQueue.beat(this.claim, this.#progress).catch(() => "go-on" as const);
    if (heard === "go-on" || this.#stop.signal.aborted) return;
    if (heard === "displaced") this.#stop.abort(new RunDisplaced("token-taken-over", { connector: this.connector.definition.id }));
    else this.#stop.abort(new RunCancelled("cancelled", { by: heard.cancelledBy }));
  }

  #notePeak(): void {
    this.#peakRss = Math.max(this.#peakRss, process.memoryUsage.rss());
  }
}
