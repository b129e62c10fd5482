import type { Issue } from "../issue.ts";
import type { GuardFinding } from "../plan/guard.ts";
import type { AidState, Change, ChangeKind, PlanOrigin, PlanState, RevisionKind, StoredAid } from "../plan/plan.ts";
import type { Remark } from "../plan/remark.ts";
import type { Outcome } from "../run/run-error.ts";

/** Place of a result: the catalogue, a plan not applied, aids removed by undo, rejected records, or our own aids (`ours`). */
type TracedPlace = "catalogue" | "plan" | "removed" | "rejected" | "ours";

export interface TraceHit {
  readonly place: TracedPlace;
  readonly connector: string;
  /** Null for a rejected record without an identifier. */
  readonly externalId: string | null;
  /** Null for a record that never became an aid. */
  readonly aidId: string | null;
  readonly title: string | null;
  /** For `rejected`: run and locator of the last occurrence. `recordKey` finds a record without an identifier in other runs. */
  readonly seen: { readonly runId: string; readonly locator: string; readonly recordKey: string } | null;
}

/** A run of the connector as far as it concerns one aid. Instants are ISO. */
export interface TracedRun {
  readonly runId: string;
  readonly token: number;
  readonly startedAt: string;
  readonly outcome: Outcome | null;
  readonly snapshotHash: string | null;
  readonly mappingFingerprint: string;
  /** True if the feed equals that of the last applied run. It was not read again, so the rejections of that run still apply. */
  readonly isRepeat: boolean;
  readonly appliedAt: string | null;
  readonly undoneAt: string | null;
  /** True if the run read a complete feed, so that a missing aid counts as absent. */
  readonly countsAbsence: boolean;
  /** Number of stored aids that were not received. */
  readonly missing: number;
  /** True if the run rejected more records than are stored, so that the aid may be among them. */
  readonly areRejectsCut: boolean;
}

/** A revision of the aid and its origin. */
export interface TracedRevision {
  readonly revision: number;
  /** ISO instant. */
  readonly at: string;
  readonly kind: RevisionKind;
  readonly fields: Change["fields"];
  /** State of the aid before the revision. Null for a creation. */
  readonly before: AidState | null;
  /** `run`, or the person's name. */
  readonly by: string | null;
  readonly note: string | null;
  readonly runId: string | null;
  readonly planId: string | null;
  readonly origin: PlanOrigin | null;
}

/** The part of a plan about the aid. */
export interface TracedPlan {
  readonly planId: string;
  readonly runId: string | null;
  readonly origin: PlanOrigin;
  readonly state: PlanState;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly note: string | null;
  readonly guards: readonly GuardFinding[];
  /** Null if the plan only records that the aid is missing. */
  readonly kind: ChangeKind | null;
  readonly fields: Change["fields"];
  /** Locator of the record while the plan is open. */
  readonly locator: string | null;
}

export interface TracedRejection {
  readonly runId: string;
  readonly locator: string;
  readonly reasons: readonly Issue[];
}

/** The last period in which the aid was missing from complete feeds. */
export interface TracedAbsence {
  readonly sinceAt: string;
  readonly sinceToken: number;
  /** Fencing token of the run that ended the absence; null while it lasts. */
  readonly endedToken: number | null;
}

/** A stored aid with its state and connector. */
export interface TracedAid extends StoredAid, Omit<AidState, "fingerprint"> {
  readonly connector: string;
}

/** The stored facts about one aid in all runs. Lists have the oldest entry first. */
export interface TraceFacts {
  readonly hit: TraceHit;
  /** Null if the aid is not in the catalogue. */
  readonly aid: TracedAid | null;
  /** `connector/externalId` of the aid into which it was merged. */
  readonly mergedInto: string | null;
  readonly runs: readonly TracedRun[];
  readonly revisions: readonly TracedRevision[];
  /** Parts of plans that are not applied. */
  readonly planned: readonly TracedPlan[];
  readonly rejections: readonly TracedRejection[];
  readonly absence: TracedAbsence | null;
  /** `at` is the creation time of the plan with the remark. */
  readonly remarks: readonly (Remark & { readonly planId: string; readonly at: string })[];
}

/** Whether a run received the aid. `unread`: it read no whole feed. `unknown`: the stored facts do not suffice. */
export type Reception = "received" | "absent" | "rejected" | "unread" | "unknown";
