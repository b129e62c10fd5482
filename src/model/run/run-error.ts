import type { IssueParams } from "../issue.ts";
import { type MachineCause, machineCauseOf } from "./machine-cause.ts";
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

/** Whose fault ended a run: the feed's, its server's, ours, or the machine's. A fault of the machine uses no try. */
export type Fault = "feed" | "server" | "ours" | "machine";

/** An error about a whole run. Its class determines outcome, fault and retry; code and parameters determine the sentence. */
export abstract class RunError extends Error {
  abstract readonly outcome: Outcome;
  abstract readonly fault: Fault;
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
  readonly fault = "server";
  readonly canRetry = true;
  /** Seconds to wait as given by Retry-After, or null. */
  retryAfterSeconds: number | null = null;
}

/** We get no access to the feed: 401, 403, 404, no token, a private address, a missing secret or address. A person must act. */
export class FeedRefused extends RunError {
  readonly outcome = "refused";
  readonly fault = "feed";
  readonly canRetry = false;
}

/** The bytes are not the expected feed: HTML page, wrong format, bomb, too large. A person must act. */
export class FeedUnreadable extends RunError {
  readonly outcome = "unreadable";
  readonly fault = "feed";
  readonly canRetry = false;
}

/** The run has used more than its budget (parameters `budget`, `limit`, `stage`). A person must act: a retry would use as much. */
export class RunOverBudget extends RunError {
  readonly canRetry = false;

  get outcome(): Outcome {
    const { budget, stage } = this.params;
    if (budget === "seconds" && stage === "fetch") return "unreachable";
    return ownResources.has(budget) ? "failed" : "unreadable";
  }

  get fault(): Fault {
    if (this.outcome === "unreachable") return "server";
    return this.outcome === "failed" ? "ours" : "feed";
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
  readonly fault = "server";

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
  readonly fault = "machine";
  readonly canRetry = false;
}

/** A person cancelled the run before it applied anything. */
export class RunCancelled extends RunError {
  readonly outcome = "cancelled";
  readonly fault = "ours";
  readonly canRetry = false;
}

/** The worker is stopping and returns the run to the queue unchanged. */
export class RunHandedBack extends RunError {
  readonly outcome = "abandoned";
  readonly fault = "machine";
  readonly canRetry = true;
}

/** A fault of ours or of our machine: a bug, a full disk, a lost database. */
export class RunFailed extends RunError {
  readonly outcome = "failed";
  readonly canRetry = true;

  get fault(): Fault {
    return this.machineCause === null ? "ours" : "machine";
  }

  /** What the machine lacked, or null if the fault is ours. */
  get machineCause(): MachineCause | null {
    return machineCauseOfError(this.code, this.params);
  }
}

/**
 * Returns what the machine lacked if a run ended with this error, or null if the fault is not the machine's. A process that used too much
 * memory of its own (`out-of-memory`) or ended by itself is our fault.
 */
export function machineCauseOfError(code: RunErrorCode, { reason, place, signal }: IssueParams): MachineCause | null {
  if (code === "process-silent" || (code === "process-ended" && signal !== undefined)) return "worker-lost";
  if (code !== "storage-failed") return null;
  const cause = machineCauseOf(String(reason));
  return cause === "disk-full" && place === "temporary-folder" ? "temporary-disk-full" : cause;
}
