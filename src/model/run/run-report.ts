import type { IssueCode, IssueParams, Severity } from "../issue.ts";
import type { GuardFinding, ShiftKind } from "../plan/guard.ts";
import type { PlanCounts } from "../plan/plan.ts";
import type { RemarkCode } from "../plan/remark.ts";
import type { Losses } from "./losses.ts";
import type { PortalDataset } from "./portal-dataset.ts";
import type { BudgetName, BudgetUse } from "./run-budget.ts";
import type { Outcome, RunErrorCode } from "./run-error.ts";

/** Issues of one code, field and severity. */
export interface IssueGroup {
  readonly code: IssueCode;
  readonly field: string | null;
  readonly severity: Severity;
  readonly count: number;
  /** The first examples, in feed order. */
  readonly examples: readonly { readonly locator: string | null; readonly value: string | null; readonly params: IssueParams }[];
}

/** All counts of a run. `received = skipped + rejected + valid`. */
export interface RunCounts extends PlanCounts {
  readonly received: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly valid: number;
}

/** How often the records of a feed fill the paths that the connector reads. Skipped records do not count. */
export interface FeedShape {
  readonly records: number;
  /** Path -> number of records. */
  readonly filled: Readonly<Record<string, number>>;
  /** Number of stored aids that were received again, and how many of them changed in each way. Absent without a plan. */
  readonly shifts?: { readonly of: number } & Readonly<Partial<Record<ShiftKind, number>>>;
}

/** Stage of a run whose duration is measured. */
export type RunStage = "fetch" | "read" | "plan" | "apply";

/** Current stage of a run. `done` and `of` count records, or bytes during fetch; `of` is null if the total is unknown. */
export interface StageProgress {
  readonly stage: RunStage;
  readonly done: number;
  readonly of: number | null;
}

/** Report of one run, rendered by the terminal, the console, the digest and `--json`. */
export interface RunReport {
  readonly runId: string;
  readonly planId: string | null;
  readonly connector: string;
  readonly outcome: Outcome;
  /** The fixed current time (`MOISSON_NOW`) as an ISO instant, or null. */
  readonly now: string | null;
  readonly feed: {
    readonly sha256: string | null;
    readonly bytes: number | null;
    readonly url?: string;
    readonly file?: string;
    /** The feed names a forgotten person. It was read without that person and its snapshot is not stored. */
    readonly namesForgotten?: true;
    /** Set if a portal lists the feed's file. */
    readonly dataset?: PortalDataset;
  };
  readonly counts: RunCounts;
  /** Number of records that `keepWhen` excluded, by reason. */
  readonly skippedBy: Readonly<Record<string, number>>;
  readonly issues: readonly IssueGroup[];
  readonly unmappedTerms: readonly { readonly vocabulary: string; readonly term: string; readonly count: number }[];
  /** Fields of the feed that the connector neither reads nor ignores. */
  readonly unreadFields: readonly string[];
  /** Field of the aid -> share of valid aids with a value, 0 to 1. */
  readonly fillRates: Readonly<Record<string, number>>;
  /** What records contain and their aids lack. Absent from reports of earlier versions. */
  readonly losses?: Losses;
  /** Absent from reports of earlier versions. */
  readonly shape?: FeedShape;
  readonly guards: readonly GuardFinding[];
  readonly warnings: readonly GuardFinding[];
  /** Code of a remark -> number of such remarks in the plan; `re-identified` -> number of aids that have a new id. */
  readonly remarks: Readonly<Partial<Record<RemarkCode | "re-identified", number>>>;
  readonly error: { readonly code: RunErrorCode; readonly params: IssueParams } | null;
  /** Duration of each stage that ran, in milliseconds. */
  readonly stageMs: Readonly<Partial<Record<RunStage, number>>>;
  readonly durationMs: number;
  readonly peakRssMb: number;
  /** What the run used of each resource, if known, and its budget. Absent from reports of earlier versions. */
  readonly budget?: Readonly<Partial<Record<BudgetName, BudgetUse>>>;
}
