import type { Issue } from "../issue.ts";
import type { AidState, Change, ChangeKind, GuardFinding, PlanOrigin, PlanState, Remark, StoredAid } from "../plan/plan.ts";
import type { Outcome } from "../run/run-error.ts";

/**
 * Where a search found something: among the aids, in a plan that was not applied, among aids removed by undo, among rejected records, or
 * among records that are an aid of our own (`ours`).
 */
type TracedPlace = "catalogue" | "plan" | "removed" | "rejected" | "ours";

/** A search result. */
export interface TraceHit {
  readonly place: TracedPlace;
  readonly connector: string;
  /** Null for a rejected record without identifier. */
  readonly externalId: string | null;
  /** Null for a record that never became an aid. */
  readonly aidId: string | null;
  readonly title: string | null;
  /** `rejected`: run and locator of the last occurrence, and the key of the same record in other runs if it has no identifier. */
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
  /** Its feed equalled that of the last applied run and was not read again, so its rejections still hold. */
  readonly isRepeat: boolean;
  readonly appliedAt: string | null;
  readonly undoneAt: string | null;
  /** It read a complete feed, so aids that are missing were not in it. */
  readonly countsAbsence: boolean;
  /** Stored aids that were not received. */
  readonly missing: number;
}

/** A revision of the aid and its origin. */
export interface TracedRevision {
  readonly revision: number;
  readonly at: string;
  readonly kind: ChangeKind;
  readonly fields: Change["fields"];
  readonly before: AidState | null;
  readonly by: string | null;
  readonly note: string | null;
  readonly runId: string | null;
  readonly planId: string | null;
  readonly origin: PlanOrigin | null;
}

/** What a plan would change about the aid. */
export interface TracedPlan {
  readonly planId: string;
  readonly runId: string | null;
  readonly origin: PlanOrigin;
  readonly state: PlanState;
  readonly createdAt: string;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly note: string | null;
  /** Guards that hold the plan. */
  readonly guards: readonly GuardFinding[];
  /** Null if the plan only records that the aid is missing. */
  readonly kind: ChangeKind | null;
  readonly fields: Change["fields"];
  /** Locator of the record while the plan is open. */
  readonly locator: string | null;
}

/** A rejected record of the aid. */
export interface TracedRejection {
  readonly runId: string;
  readonly locator: string;
  readonly reasons: readonly Issue[];
}

/** The last period in which complete feeds lacked the aid. */
export interface TracedAbsence {
  readonly sinceAt: string;
  readonly sinceToken: number;
  /** The run that ended the absence; null while it lasts. */
  readonly endedToken: number | null;
}

/** An aid with all its layers and its state. */
export interface TracedAid extends StoredAid, Omit<AidState, "fingerprint"> {
  readonly connector: string;
}

/** Everything known about one aid over all runs, oldest first. */
export interface TraceFacts {
  readonly hit: TraceHit;
  /** Null if the aid is not in the catalogue. */
  readonly aid: TracedAid | null;
  /** `connector/externalId` of the aid into which it was merged. */
  readonly mergedInto: string | null;
  readonly runs: readonly TracedRun[];
  readonly revisions: readonly TracedRevision[];
  /** From plans that are not applied. */
  readonly planned: readonly TracedPlan[];
  readonly rejections: readonly TracedRejection[];
  readonly absence: TracedAbsence | null;
  /** `at`: creation of the plan with the remark. */
  readonly remarks: readonly (Remark & { readonly planId: string; readonly at: string })[];
}

/**
 * Whether a run received the aid. `unread`: the run read no complete feed; `unknown`: too little is stored to say (an unapplied plan, an
 * older absence shorter than the grace period, an aid withdrawn by a person).
 */
export type Reception = "received" | "absent" | "rejected" | "unread" | "unknown";
