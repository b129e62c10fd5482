import type { DatabaseAnswer, DatabaseRequest } from "../../catalogue/connection/shared-database.ts";
import { CatalogueRefused } from "../../catalogue/connection/storage-failure.ts";
import type { SentConnector } from "../../ingest/sent-connector.ts";
import { RunCancelled, RunDisplaced, RunError, RunFailed, RunHandedBack, RunOverBudget } from "../../model/run/run-error.ts";
import type { RunReport, StageProgress } from "../../model/run/run-report.ts";
import type { ProcessUsage } from "../../platform/process-usage.ts";
import type { RunOrder } from "../worker/execute-run.ts";

/** What a process needs before its first run. */
export interface ProcessStart {
  readonly catalogue: ProcessCatalogue;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly allowHosts: readonly string[];
  readonly normaliser: string;
  /** `MOISSON_NOW`, or null. */
  readonly fixedNow: string | null;
  readonly logLevel: string;
  readonly retrySeconds: number;
  readonly processMemoryMb: number;
}

/** The catalogue of a process: on a server, or the embedded one of its parent. */
export type ProcessCatalogue =
  | { readonly kind: "postgresql"; readonly databaseUrl: string; readonly applicationName: string; readonly leaseSeconds: number }
  | { readonly kind: "embedded"; readonly schema: string };

/** A `RunOrder` as it is sent. */
export interface SentOrder extends Omit<RunOrder, "connector"> {
  readonly connector: SentConnector;
}

/** A message to a run's process. */
export type ToProcess =
  | { readonly kind: "start"; readonly start: ProcessStart }
  | { readonly kind: "run"; readonly order: SentOrder }
  /** The run must stop at the next safe point. */
  | { readonly kind: "stop"; readonly reason: SentError }
  /** The heartbeat that the process asked for has been sent. */
  | { readonly kind: "beaten" }
  | { readonly kind: "ping" }
  | { readonly kind: "answer"; readonly answer: DatabaseAnswer }
  /** The process must end. */
  | { readonly kind: "leave" };

/** A message from a run's process. */
export type FromProcess =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly progress: StageProgress }
  | { readonly kind: "beat" }
  /** The run's work is done; its end is not stored yet. */
  | { readonly kind: "ending" }
  /** The machine cannot store its end now. */
  | { readonly kind: "not-stored"; readonly reason: SentError }
  | { readonly kind: "pong"; readonly usage: ProcessUsage }
  | { readonly kind: "ask"; readonly request: DatabaseRequest }
  | { readonly kind: "ended"; readonly report: RunReport; readonly usage: ProcessUsage }
  /** The run could not begin, so it has no report. */
  | { readonly kind: "refused"; readonly reason: SentError; readonly usage: ProcessUsage };

/** A `RunError` as it is sent. Messages would turn it into a plain `Error`. */
export interface SentError {
  readonly kind: keyof typeof sentErrors;
  readonly code: RunError["code"];
  readonly params: RunError["params"];
}

const sentErrors = { RunCancelled, RunDisplaced, RunHandedBack, RunOverBudget, RunFailed };

/** Returns an error as plain data. A process that cannot open the catalogue could not store anything. Any other error is a fault of ours. */
export function sentError(error: unknown): SentError {
  if (error instanceof CatalogueRefused) return { kind: "RunFailed", code: "storage-failed", params: { reason: error.code } };
  if (!(error instanceof RunError)) return { kind: "RunFailed", code: "internal", params: { reason: String(error) } };
  const { name, code, params } = error;
  return { kind: Object.hasOwn(sentErrors, name) ? (name as SentError["kind"]) : "RunFailed", code, params };
}

/** Returns the error that `sentError` wrote. */
export function receivedError({ kind, code, params }: SentError): RunError {
  return new sentErrors[kind](code, params);
}
