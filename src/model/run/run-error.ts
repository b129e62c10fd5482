import type { IssueParams } from "../issue.ts";
import type { BudgetName } from "./run-budget.ts";

/** Every outcome of a run. `docs/architecture.md` documents them. */
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

/** Outcome of a run. */
export type Outcome = (typeof outcomes)[number];

/** Outcomes with exit code 0. */
export const goodOutcomes: ReadonlySet<Outcome> = new Set(["applied", "applied-with-rejects", "unchanged", "planned"]);

/** Why a run failed. `french/` and `cli/english/` contain the sentences. */
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
  | "robots-refused"
  | "site-refused"
  | "connector-moved"
  | "forgotten-unknown"
  // unreadable
  | "too-large"
  | "decompression-limit"
  | "html-page"
  | "page-unlike"
  | "unsupported-file"
  | "encrypted-file"
  | "malformed"
  | "no-such-path"
  | "no-such-sheet"
  | "no-header"
  | "empty-archive"
  | "forbidden-xml"
  | "envelope-says-error"
  | "all-rejected"
  // unreadable, unreachable or failed
  | "over-budget"
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
  | "process-ended"
  | "process-silent"
  | "out-of-memory"
  | "internal";

/**
 * An error about a whole run. The class determines the outcome and whether a retry can help. Code and parameters determine the sentence.
 */
export abstract class RunError extends Error {
  abstract readonly outcome: Outcome;
  /** True if a later retry may succeed. */
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

/** The publisher's server failed: timeout, DNS, TLS, 408, 429, 5xx, truncated body. */
export class FeedUnreachable extends RunError {
  readonly outcome = "unreachable";
  readonly canRetry = true;
  /** Seconds to wait as given by Retry-After, or null. */
  retryAfterSeconds: number | null = null;
}

/** We get no access to the feed: 401, 403, 404, no token, a private address, a missing secret or address. A person must act. */
export class FeedRefused extends RunError {
  readonly outcome = "refused";
  readonly canRetry = false;
}

/** The bytes are not the expected feed: HTML page, wrong format, bomb, too large. A person must act. */
export class FeedUnreadable extends RunError {
  readonly outcome = "unreadable";
  readonly canRetry = false;
}

/**
 * The run has used more than its budget (`over-budget`, with `budget`, `limit` and, for time, `stage`). A person must act: a retry would use
 * as much.
 */
export class RunOverBudget extends RunError {
  readonly canRetry = false;

  get outcome(): Outcome {
    const { budget, stage } = this.params;
    if (budget === "seconds" && stage === "fetch") return "unreachable";
    return ownResources.has(budget) ? "failed" : "unreadable";
  }

  static of(budget: BudgetName, limit: number, stage?: string | undefined): RunOverBudget {
    return new RunOverBudget("over-budget", { budget, limit, ...(stage !== undefined && { stage }) });
  }
}

/** Budgets of our machine. The others are budgets of the feed. */
const ownResources: ReadonlySet<unknown> = new Set<BudgetName>(["seconds", "cpuSeconds", "memoryMegabytes"]);

/** The walk over pages stopped early. The records read so far become an open plan, which is not applied. */
export class WalkStoppedEarly extends RunError {
  readonly outcome = "stopped-early";

  /** The pages of a site are read the next night: a retry would exceed the budget of this one. */
  get canRetry(): boolean {
    return !unreadPages.has(this.params.reason);
  }
}

/** Reasons why a site is not read completely. */
const unreadPages: ReadonlySet<unknown> = new Set(["pages-waiting", "pages-unread"]);

/** A later run of the connector has a higher fencing token. This run must not write any more. */
export class RunDisplaced extends RunError {
  readonly outcome = "abandoned";
  readonly canRetry = false;
}

/** A person cancelled the run before it applied anything. */
export class RunCancelled extends RunError {
  readonly outcome = "cancelled";
  readonly canRetry = false;
}

/** The worker is stopping and returns the run to the queue unchanged. */
export class RunHandedBack extends RunError {
  readonly outcome = "abandoned";
  readonly canRetry = true;
}

/** A fault of ours or of our machine: a bug, a full disk, a lost database. */
export class RunFailed extends RunError {
  readonly outcome = "failed";
  readonly canRetry = true;
}
