import type { IssueCode, IssueParams, Severity } from "../issue.ts";
import type { GuardFinding, PlanCounts, RemarkCode } from "../plan/plan.ts";
import type { PortalDataset } from "./portal-dataset.ts";
import type { Outcome, RunErrorCode } from "./run-error.ts";

/** Issues of one code, field and severity. */
export interface IssueGroup {
  readonly code: IssueCode;
  readonly field: string | null;
  readonly severity: Severity;
  readonly count: number;
  /** The first few, in the feed's order. */
  readonly examples: readonly { readonly locator: string | null; readonly value: string | null; readonly params: IssueParams }[];
}

/** All counts of a run. `received = skipped + rejected + valid`. */
export interface RunCounts extends PlanCounts {
  readonly received: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly valid: number;
}

/** What takes time in a run. */
export type RunStage = "fetch" | "read" | "plan" | "apply";

/** What one run did: one typed value, rendered by the terminal, the console, the digest and `--json`. */
export interface RunReport {
  readonly runId: string;
  readonly planId: string | null;
  readonly connector: string;
  readonly outcome: Outcome;
  /** ISO instant used as now, where the operator fixed it (`MOISSON_NOW`). */
  readonly now: string | null;
  readonly feed: {
    readonly sha256: string | null;
    readonly bytes: number | null;
    readonly url?: string;
    readonly file?: string;
    /** It names somebody who was forgotten: it was read without them, and is not kept. */
    readonly namesForgotten?: true;
    /** Where the feed is a file of a portal. */
    readonly dataset?: PortalDataset;
  };
  readonly counts: RunCounts;
  /** Reason -> number of records left out by `keepWhen`. */
  readonly skippedBy: Readonly<Record<string, number>>;
  readonly issues: readonly IssueGroup[];
  readonly unmappedTerms: readonly { readonly vocabulary: string; readonly term: string; readonly count: number }[];
  /** Fields of the feed that are neither read nor ignored. */
  readonly unreadFields: readonly string[];
  /** Field of the aid -> share of valid aids that fill it, 0 to 1. */
  readonly fillRates: Readonly<Record<string, number>>;
  /** Guards that hold the plan. */
  readonly guards: readonly GuardFinding[];
  /** Guards that only warn. */
  readonly warnings: readonly GuardFinding[];
  /** What the plan says of aids beside what it does to them: aids under new ids (`re-identified`), and by code what it only remarks. */
  readonly remarks: Readonly<Partial<Record<RemarkCode | "re-identified", number>>>;
  /** Why the run did not end well. */
  readonly error: { readonly code: RunErrorCode; readonly params: IssueParams } | null;
  /** Milliseconds that each stage took, of those that the run came to. */
  readonly stageMs: Readonly<Partial<Record<RunStage, number>>>;
  readonly durationMs: number;
  readonly peakRssMb: number;
}
