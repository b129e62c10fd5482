import type { IssueParams } from "../issue.ts";

/** Every way in which a run can end. See `docs/architecture.md`, Outcomes. */
export const outcomes = [
  "applied",
  "applied-with-rejects",
  "unchanged",
  "planned",
  "held",
  "unreachable",
  "refused",
  "unreadable",
  "stopped-early",
  "cancelled",
  "abandoned",
  "failed",
] as const;

/** How a run ended. */
export type Outcome = (typeof outcomes)[number];

/** Outcomes after which the command line exits with 0. */
export const goodOutcomes: ReadonlySet<Outcome> = new Set(["applied", "applied-with-rejects", "unchanged", "planned"]);

/** Why a run could not go on: a code whose sentence is in `texts/`. */
export type RunErrorCode =
  // unreachable
  | "timed-out"
  | "connection-failed"
  | "tls-failed"
  | "server-busy"
  | "body-cut-short"
  // refused
  | "http-refused"
  | "address-refused"
  | "too-many-redirects"
  | "token-refused"
  | "missing-secret"
  | "secret-unreadable"
  | "missing-address"
  | "no-such-file"
  | "forgotten-unknown"
  // unreadable
  | "too-large"
  | "too-many-pages"
  | "decompression-limit"
  | "html-page"
  | "unsupported-file"
  | "encrypted-file"
  | "malformed"
  | "no-such-path"
  | "no-such-sheet"
  | "no-header"
  | "empty-archive"
  | "forbidden-xml"
  | "envelope-says-error"
  // stopped early
  | "walk-incomplete"
  // cancelled
  | "cancelled"
  // abandoned, failed
  | "token-taken-over"
  | "handed-back"
  | "world-moved"
  | "plan-closed"
  | "snapshot-missing"
  | "storage-failed"
  | "internal";

/**
 * Thrown about the run, never about a record. Its class says what the run's outcome is and whether trying again can help;
 * the sentence is made in `texts/` from code and parameters.
 */
export abstract class RunError extends Error {
  abstract readonly outcome: Outcome;
  /** True where the same run, tried again later, may succeed. */
  abstract readonly canRetry: boolean;
  constructor(
    readonly code: RunErrorCode,
    readonly params: IssueParams = {},
    options?: { cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.name = new.target.name;
  }
}

/** The publisher's server did not answer, or not well: time-out, DNS, TLS, 408, 429, 5xx, a body cut short. Retried. */
export class FeedUnreachable extends RunError {
  readonly outcome = "unreachable";
  readonly canRetry = true;
  /** Seconds that the server asked us to wait (Retry-After). */
  retryAfterSeconds: number | null = null;
}

/** The feed is denied to us: 401, 403, 404, no token, a private address, a missing secret or address. A person must act. */
export class FeedRefused extends RunError {
  readonly outcome = "refused";
  readonly canRetry = false;
}

/** The bytes are not what the connector reads: HTML page, wrong format, bomb, too large. A person must act. */
export class FeedUnreadable extends RunError {
  readonly outcome = "unreadable";
  readonly canRetry = false;
}

/** The walk of pages broke off. What was read is kept as an open plan, nothing is written. Retried. */
export class WalkStoppedEarly extends RunError {
  readonly outcome = "stopped-early";
  readonly canRetry = true;
}

/** Another worker took the connector over: this run writes nothing more. */
export class RunDisplaced extends RunError {
  readonly outcome = "abandoned";
  readonly canRetry = false;
}

/** A person stopped it before it wrote anything. */
export class RunCancelled extends RunError {
  readonly outcome = "cancelled";
  readonly canRetry = false;
}

/** Its worker is being stopped: it is put back into the queue as it was. */
export class RunHandedBack extends RunError {
  readonly outcome = "abandoned";
  readonly canRetry = true;
}

/** Our fault, or our machine's: a bug, a full disk, a database that went away. */
export class RunFailed extends RunError {
  readonly outcome = "failed";
  readonly canRetry = true;
}
