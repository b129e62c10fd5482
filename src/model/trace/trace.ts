import type { Issue } from "../issue.ts";
import type { AidState, Change, ChangeKind, GuardFinding, HeldAid, PlanOrigin, PlanState, Remark } from "../plan/plan.ts";
import type { Outcome } from "../run/run-error.ts";

/**
 * Where something that a person looks for was found: among the aids, in a plan that was not applied, among what undo took out, among the rejected records,
 * among the records that are an aid of our own (`ours`).
 */
type TracedPlace = "catalogue" | "plan" | "removed" | "rejected" | "ours";

/** Something that answers to what a person looks for. */
export interface TraceHit {
  readonly place: TracedPlace;
  readonly connector: string;
  /** Null for a rejected record that has none. */
  readonly externalId: string | null;
  /** Null for a record that never became an aid. */
  readonly aidId: string | null;
  readonly title: string | null;
  /** `rejected`: the run and place where it was last seen, and what makes it the same record in other runs where it has no identifier. */
  readonly seen: { readonly runId: string; readonly locator: string; readonly recordKey: string } | null;
}

/** A run of the connector, as far as the life of one aid is concerned. Instants are ISO. */
export interface TracedRun {
  readonly runId: string;
  readonly token: number;
  readonly startedAt: string;
  readonly outcome: Outcome | null;
  readonly snapshotHash: string | null;
  readonly mappingFingerprint: string;
  /** Its feed was that of the last applied run, and was not read again: what was rejected then is rejected still. */
  readonly isRepeat: boolean;
  readonly appliedAt: string | null;
  readonly undoneAt: string | null;
  /** It read a complete feed: what it did not bring was not in it. */
  readonly countsAbsence: boolean;
  /** Aids that were held and did not come. */
  readonly missing: number;
}

/** A revision of the aid, and what made it. */
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

/** What a plan would do to the aid and has not done, or not yet. */
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
  /** Null where the plan only finds that the aid was not in the feed. */
  readonly kind: ChangeKind | null;
  readonly fields: Change["fields"];
  /** Where the record stood, as long as the plan is open. */
  readonly locator: string | null;
}

/** A record of the aid's that was received and could not be kept. */
export interface TracedRejection {
  readonly runId: string;
  readonly locator: string;
  readonly reasons: readonly Issue[];
}

/** The last time that complete feeds did not bring the aid. */
export interface TracedAbsence {
  readonly sinceAt: string;
  readonly sinceToken: number;
  /** The run that brought it back; null while it is absent. */
  readonly endedToken: number | null;
}

/** An aid as the trace needs it: all its layers and its state. */
export interface TracedAid extends HeldAid, Omit<AidState, "fingerprint"> {
  readonly connector: string;
}

/** All that is known of one aid over all runs. Oldest first. */
export interface TraceFacts {
  readonly hit: TraceHit;
  /** Null where the catalogue does not hold it. */
  readonly aid: TracedAid | null;
  /** `connector/externalId` of the aid that it was merged into. */
  readonly mergedInto: string | null;
  readonly runs: readonly TracedRun[];
  readonly revisions: readonly TracedRevision[];
  /** Of plans that are not applied. */
  readonly planned: readonly TracedPlan[];
  readonly rejections: readonly TracedRejection[];
  readonly absence: TracedAbsence | null;
  /** `at`: when the plan was made that says so. */
  readonly remarks: readonly (Remark & { readonly planId: string; readonly at: string })[];
}

/**
 * Whether a run brought the aid. `unread`: the run read no feed to its end; `unknown`: the catalogue keeps too little to say (a plan that nobody applied,
 * an older absence that was shorter than the grace, an aid that a person took off and whose coming and going is not followed).
 */
export type Reception = "received" | "absent" | "rejected" | "unread" | "unknown";
