import type { AidContent, AidField } from "../aid/aid.ts";
import type { Suggestion } from "../aid/suggestion.ts";
import type { Issue } from "../issue.ts";
import type { Slug } from "../vocabularies.ts";
import type { BorrowedValue, SourceContradiction } from "./sharing.ts";

/** Result of mapping a record, stored with the aid to report it again. Issues have no locator, because records move. */
export interface Memo {
  readonly issues: readonly Omit<Issue, "locator">[];
  /** Each unmapped term of the publisher, with the name of the vocabulary. */
  readonly unmapped: readonly (readonly [vocabulary: string, term: string])[];
  /** Bit `i` is set if the i-th of `aidFields` is filled. Hexadecimal, most significant digit first. */
  readonly filled: string;
  /** Like `filled`, for the paths that the connector reads. Absent from memos of earlier versions. */
  readonly paths?: string;
  /** The publisher says that the aid is permanent: in the record, or in words that the connector quotes. Absent if it is only assumed. */
  readonly statesPermanence?: true;
}

/** A valid aid that a run has read, before it makes a plan. */
export interface StagedAid {
  readonly externalId: string;
  readonly locator: string;
  /** Hash of the received record, connector, terms and normaliser. Equal hashes give equal aids. */
  readonly recordHash: string;
  /** Fingerprint of `content`. */
  readonly fingerprint: string;
  readonly content: AidContent;
  readonly memo: Memo;
}

/** A staged aid with the JSON of its filled fields, which serves for the fingerprint and the database. */
export interface NewAid extends Omit<StagedAid, "content"> {
  readonly contentJson: string;
}

/**
 * Origin of an edit that fills an empty field with a suggestion of ours. `confirmed`: a person has accepted the suggestion for this aid; if
 * not, it was accepted for many aids, and the publisher's own value replaces it (`yieldsTo`). `decision`: id of the standing decision that
 * filled the field.
 */
export interface SuggestedBy extends Pick<Suggestion, "rule" | "evidence"> {
  readonly confirmed: boolean;
  readonly decision?: string;
}

/** A person's value that replaces the publisher's, or an accepted suggestion. */
export interface Edit {
  readonly value: unknown;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly note: string | null;
  readonly suggestion?: SuggestedBy;
}

/** A change by the publisher that waits for a curator. Its value is the imported one. */
export interface Proposal {
  /** ISO instant of the run that made it. */
  readonly at: string;
  readonly runId: string;
}

/** Field -> value. */
export type PerField<Value> = Readonly<Partial<Record<AidField, Value>>>;

/** A stored aid as far as a plan needs it. The shown value of a field is its edit, else the kept value, else the imported one. */
export interface StoredAid extends Pick<AidState, "externalId" | "status" | "withdrawnAt" | "withdrawnBy" | "fingerprint"> {
  readonly aidId: string;
  readonly revision: number;
  /** The last values of the aid's source, with those that it borrows from further sources. */
  readonly imported: AidContent;
  /** Values that the aid borrows from further sources. Absent if it borrows no value. */
  readonly borrowed?: PerField<BorrowedValue>;
  /** The last values of its own source, if it borrows others; otherwise they are `imported`. */
  readonly own?: AidContent;
  /** Fields in which the sources of the aid contradict each other. Absent without contradictions. */
  readonly contradictions?: readonly SourceContradiction[];
  /** Older values, shown while a curator has not accepted the publisher's new value, or because only curators change the field. */
  readonly kept: PerField<unknown>;
  /** Values that people have corrected. */
  readonly edits: PerField<Edit>;
  readonly proposals: PerField<Proposal>;
  /** True if the aid is merged into one of another connector. It then follows its feed. */
  readonly isFurtherSource?: boolean;
}

/** A rejected record in full, with the reasons. */
export interface RejectedRecord {
  readonly locator: string;
  readonly externalId: string | null;
  /** The decoded record, or its text if it could not be decoded. */
  readonly record: unknown;
  readonly reasons: readonly Issue[];
}

/** A rejected record as a run stores it. `hash`: of record and reasons. `record`: null if the catalogue has it already. */
export interface Rejection {
  readonly hash: string;
  readonly locator: string;
  readonly record: RejectedRecord | null;
}

/** Kinds of changes by a feed, and `remove`, which undoes a creation. */
export const feedKinds = ["create", "update", "withdraw", "restore", "re-identify", "remove"] as const;

/** Kinds of changes by a curator. A curator's `restore` reverts a rejection or a withdrawal. */
const curatorKinds = [
  "edit",
  "publish",
  "unpublish",
  "reject",
  "merge",
  "split",
  "accept",
  "refuse",
  "confirm",
  "suspend",
  "adopt",
  "choose-source",
] as const;

/**
 * Kind of a revision that no plan contains: applying a plan has changed a source of the aid, and so the values that it borrows. An undo of
 * the plan reverts it by combining the sources again.
 */
export const combineKind = "combine";

export type RevisionKind = ChangeKind | typeof combineKind;

/** Every kind of change, in display order. */
export const changeKinds = [...feedKinds, ...curatorKinds] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** What a plan does with a field: applies the value, proposes it to a curator, keeps the current one, or fills an empty one. */
export type FieldAction = "apply" | "propose" | "keep" | "fill";

/** Values and proposals that lie over the imported value of a field. */
export interface FieldLayers {
  /** Shown instead of the imported value; absent if the imported value is shown. */
  readonly kept?: unknown;
  readonly edit?: Edit;
  readonly proposal?: Proposal;
}

/** The last, current and incoming values of a field, and the decision. */
export interface FieldChange {
  readonly last: unknown;
  /** Value that the catalogue shows. */
  readonly current: unknown;
  /** New value from the feed or the curator. */
  readonly incoming: unknown;
  readonly action: FieldAction;
  /** Layers before and after the change; absent if empty. */
  readonly before?: FieldLayers;
  readonly after?: FieldLayers;
}

/** A curator's note on an aid that its publisher no longer updates: valid until a day, or off the site until somebody checks it. */
export interface Watch {
  readonly state: "confirmed" | "suspended";
  /** `YYYY-MM-DD` */
  readonly until: string;
  readonly reason: string | null;
  readonly by: string;
  readonly at: string;
}

/** State of an aid, without its fields. */
export interface AidState {
  /** Only in changes that move the aid to another connector, and in the state before them. */
  readonly connector?: string;
  readonly externalId: string;
  readonly status: Slug<"status">;
  /** Day of withdrawal, `YYYY-MM-DD`; null while the aid is in the feed. */
  readonly withdrawnAt: string | null;
  /** Name of the person who withdrew the aid, or null. A person's withdrawal stays even if the feed contains the aid. */
  readonly withdrawnBy: string | null;
  /** The aid into which this one was merged. */
  readonly mergedInto: string | null;
  readonly watch: Watch | null;
  /** Address of the live aid from which this aid was adopted. */
  readonly siteUrl: string | null;
  /** Field -> connector whose value a person has chosen. */
  readonly fieldSources: PerField<string>;
  readonly fingerprint: string;
  readonly recordHash: string | null;
  readonly memo: Memo;
}

/** Certainty (0 to 1) that two records are the same aid, with reasons. */
export interface Match {
  readonly certainty: number;
  readonly reasons: readonly MatchReason[];
}

/** Facts that two records of one aid share. */
export type MatchReason =
  | "same-import-id"
  | "same-link"
  | "same-title"
  | "similar-title"
  | "same-dates"
  | "swapped-dates"
  | "same-text"
  | "similar-text"
  | "same-territory"
  | "same-financer";

/** The part of a plan about one aid. `fields` is empty for changes to the whole aid, such as `create`, which takes the staged aid. */
export interface Change {
  readonly aidId: string;
  readonly externalId: string;
  readonly kind: ChangeKind;
  /** Revision on which the change is based; 0 for `create`. */
  readonly baseRevision: number;
  readonly fields: PerField<FieldChange>;
  /** State after the change. Plans of runs omit it, because kind and staged aid determine it, except for linked creations. */
  readonly state?: Partial<AidState>;
  /** For `re-identify`, `adopt` and linked creations: the other identifier, and why both are the same aid. */
  readonly match?: Match & { readonly with: string };
  /** A note by the author of the change. */
  readonly note?: string;
}

/** Origin of a plan: for example a new edition of the territories, or the move of aids from one connector to another. */
export type PlanOrigin = "run" | "undo" | "curator" | "adopt" | "territories" | "publisher" | "move";

export type PlanState = "open" | "part-applied" | "applied" | "discarded" | "overtaken";

/** A person's request that ops apply a plan. */
export interface ApplyRequest {
  /** Name of the person. */
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly note: string | null;
}

/** Counts of a plan. `valid = created + updated + restored + unchanged + ignored`. */
export interface PlanCounts {
  readonly created: number;
  readonly updated: number;
  readonly restored: number;
  readonly unchanged: number;
  /** Received aids that a person has rejected or merged. */
  readonly ignored: number;
  /** Stored aids that were not received and were not withdrawn before. */
  readonly missing: number;
  readonly withdrawn: number;
  readonly proposals: number;
  /** Created aids that are further sources of aids of other connectors; absent if empty. `created` includes them. */
  readonly linked?: number;
  /** Aids with a field that a standing decision fills, and aids that one publishes; absent if empty. They also count as created or updated. */
  readonly filled?: number;
  readonly published?: number;
  /** Aids whose creation is undone; absent if empty. */
  readonly removed?: number;
}

/** A change of a run's plan, with the aid before it and the record that it comes from. */
export interface FollowedChange {
  readonly change: Pick<Change, "aidId" | "externalId" | "kind" | "fields">;
  /** Null for a creation. */
  readonly stored: StoredAid | null;
  readonly received: AidContent;
  readonly memo: Memo;
  /** The plan has a remark that the aid may be known already, or contradicts another one. */
  readonly isDoubtful: boolean;
}
