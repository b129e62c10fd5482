import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { Again } from "../catalogue/runs/queued-runs.ts";
import type { Connector } from "../kit/definition.ts";
import type { TableLookup, TermLookup } from "../kit/rules/rule-context.ts";
import type { RunError } from "../model/run/run-error.ts";
import type { StageProgress } from "../model/run/run-report.ts";
import type { ChangedFeed } from "../model/survey/changed-feed.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/logger.ts";
import type { FeedCleaner } from "./forgotten-filter.ts";
import type { FoundRename } from "./plan/guard-facts.ts";

/** A checked connector with its terms, which can map records. */
export interface MappingConnector {
  readonly definition: Connector;
  readonly terms: TermLookup;
}

/** A connector as a run needs it. */
export interface RunnableConnector extends MappingConnector {
  readonly terms: TableLookup;
  /** The file with the definition's functions; null if the connector exists only in the catalogue. */
  readonly file: string | null;
  /** Fingerprint of the definition and its term files. */
  readonly fingerprint: string;
}

/** Services that a run uses. */
export interface Services {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `host` or `host:port` that may be reached although private. */
  readonly allowHosts: readonly string[];
  /** Version of the code that reads records. */
  readonly normaliser: string;
  /** Returns the filter for forgotten people, or null if nobody was forgotten. Throws `FeedRefused` if the list cannot be read. */
  feedCleaner?(): Promise<FeedCleaner | null>;
  /** Returns the fields of a changed feed that probably replace missing ones, the most certain first. */
  proposeRenames?(feed: ChangedFeed): Promise<readonly FoundRename[]>;
  /** Name of this process, stored with each run. */
  readonly worker?: string;
  /**
   * Megabytes that this process may use, if runs have it for themselves. Absent if other things run in it: then only its growth during a
   * run counts.
   */
  readonly processMemoryMb?: number;
  /** Interval between heartbeats, in milliseconds. Default 5,000. */
  readonly beatMs?: number;
  onProgress?(progress: StageProgress): void;
}

/** Keeps a run alive in the catalogue, and says when the run must stop. */
export interface RunLiveness {
  /** Aborted if the run must stop at the next safe point. The reason is a `RunError`. */
  readonly signal: AbortSignal;
  /** Notes the progress for the next heartbeat. */
  at(progress: StageProgress): void;
  /** Notes that the work is done. Only its end is not stored yet, for which budgets do not count. */
  ending?(): void;
  /** Notes that the machine cannot store the end now. */
  notStored?(error: RunError): void;
  /** Sends a heartbeat now. `signal` is aborted when this settles if the run was cancelled or displaced before. */
  beat(): Promise<void>;
}

/** A run that a worker has claimed from the queue. Its fencing token was taken with the claim. */
export interface ClaimedRun {
  readonly runId: string;
  readonly token: number;
  readonly liveness: RunLiveness;
  /** Returns when to retry after this error, or null. */
  again(error: RunError): Promise<Again | null>;
}

/** Options of one run. Stored in `runs.options`. */
export interface RunOptions {
  /** Reads the whole feed from a file. */
  readonly file?: string;
  /** Reads the whole feed from another address. */
  readonly url?: string;
  /** Replays a stored snapshot, given by its hash or a prefix of it. */
  readonly snapshot?: string;
  /** A person has just uploaded the snapshot; it is not an earlier feed. If a file that was given later is already applied, reads that one. */
  readonly brought?: boolean;
  /** Hash of the snapshot from which a person has made this one with a form: its waiting plan is overtaken. */
  readonly madeFrom?: string;
  /** Leaves an open plan and does not change the catalogue. */
  readonly dryRun?: boolean;
  /** Stops after this many records; implies a dry run. */
  readonly limit?: number;
  /** Reads the feed even if it has not changed. */
  readonly force?: boolean;
  /** Uses this trial of a changed definition (`ConnectorVersionRepository.trial`); implies a dry run. */
  readonly trial?: number;
}
