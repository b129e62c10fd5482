import type { AidContent, AidField } from "../aid/aid.ts";
import type { Issue } from "../issue.ts";
import type { Slug } from "../vocabularies.ts";

/**
 * What mapping a record gave beside the aid, kept with the aid, so that a record that has not changed is not read again and is
 * reported all the same. Issues are kept without their locator: a record moves in its feed.
 */
export interface Memo {
  readonly issues: readonly Omit<Issue, "locator">[];
  /** Unmapped terms: term file, term as written. */
  readonly unmapped: readonly (readonly [vocabulary: string, term: string])[];
  /** Bit `i` is set where the i-th of `aidFields` is filled; hexadecimal, most significant digit first. */
  readonly filled: string;
}

/** A valid aid of a run, on its way to the catalogue. */
export interface StagedAid {
  readonly externalId: string;
  readonly locator: string;
  /** Fingerprint of the record as received, of connector, terms and normaliser: same hash, same aid. */
  readonly recordHash: string;
  /** Fingerprint of `content`. */
  readonly fingerprint: string;
  readonly content: AidContent;
  readonly memo: Memo;
}

/** A valid aid on its way, with the JSON of its filled fields: made once, for fingerprint and database. */
export interface NewAid extends Omit<StagedAid, "content"> {
  readonly contentJson: string;
}

/** What the catalogue answers to "do you know this record": enough to skip it where nothing has changed. */
export interface HeldHead {
  readonly externalId: string;
  readonly recordHash: string;
  readonly memo: Memo;
}

/** What a person put over the publisher's value of a field. */
export interface Edit {
  readonly value: unknown;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly note: string | null;
}

/** A change of the publisher's that waits for a curator. Its value is the imported one. */
export interface Proposal {
  /** ISO instant of the run that made it. */
  readonly at: string;
  readonly runId: string;
}

/** By field. */
export type PerField<Value> = Readonly<Partial<Record<AidField, Value>>>;

/** An aid as the catalogue holds it, as far as a plan needs it. The value shown of a field is its edit, else what is kept, else what was imported. */
export interface HeldAid {
  readonly aidId: string;
  readonly externalId: string;
  readonly revision: number;
  readonly status: Slug<"status">;
  /** `YYYY-MM-DD`, null where it is in the feed. */
  readonly withdrawnAt: string | null;
  /** Who withdrew it: a person's name; null where it left the feed by itself, or is in it. What a person took off stays off. */
  readonly withdrawnBy: string | null;
  /** What the publisher last said, field by field. */
  readonly imported: AidContent;
  /** Values that are shown in place of what the publisher says now, because its change waits for a curator, was refused, or is not wanted. */
  readonly kept: PerField<unknown>;
  /** What persons changed: the fields that they corrected. */
  readonly edits: PerField<Edit>;
  readonly proposals: PerField<Proposal>;
  readonly fingerprint: string;
}

/** A record that was received and cannot be kept, whole, with its reasons. */
export interface RejectedRecord {
  readonly locator: string;
  readonly externalId: string | null;
  /** The record as decoded, or its text where it could not be. */
  readonly record: unknown;
  readonly reasons: readonly Issue[];
}

/** What the publisher's feed does to an aid, and `remove`, which undoes a creation. */
export const feedKinds = ["create", "update", "withdraw", "restore", "re-identify", "remove"] as const;

/** What a curator does to an aid. `restore` takes back a rejection or a withdrawal. */
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
] as const;

/** Every kind of change, in the order in which they are shown. */
export const changeKinds = [...feedKinds, ...curatorKinds] as const;

/** What a change does to an aid. */
export type ChangeKind = (typeof changeKinds)[number];

/** What a plan does with one field: applied, proposed to a curator, kept as the catalogue has it, filled because it was empty. */
export type FieldAction = "apply" | "propose" | "keep" | "fill";

/** What lies over the imported value of a field. */
export interface FieldLayers {
  /** Shown in place of the imported value; absent where that one is shown. */
  readonly kept?: unknown;
  readonly edit?: Edit;
  readonly proposal?: Proposal;
}

/** The three values that count, and what is done. */
export interface FieldChange {
  /** What was last imported. */
  readonly last: unknown;
  /** What the catalogue shows. */
  readonly current: unknown;
  /** What the feed says now, or what a curator wants. */
  readonly incoming: unknown;
  readonly action: FieldAction;
  /** What lies over the imported value before and after; left out where nothing does. */
  readonly before?: FieldLayers;
  readonly after?: FieldLayers;
}

/** What a curator wants done about an aid whose feed says nothing: believed until a day, or off the site until somebody looks again. */
export interface Watch {
  readonly state: "confirmed" | "suspended";
  /** `YYYY-MM-DD` */
  readonly until: string;
  readonly reason: string | null;
  readonly by: string;
  readonly at: string;
}

/** What is known of an aid beside its fields. */
export interface AidState {
  readonly externalId: string;
  readonly status: Slug<"status">;
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string | null;
  /** The aid that it was merged into. */
  readonly mergedInto: string | null;
  readonly watch: Watch | null;
  /** Address of the aid on the site, where it was taken over from it. */
  readonly siteUrl: string | null;
  readonly fingerprint: string;
  readonly recordHash: string | null;
  readonly memo: Memo;
}

/** Why two records are taken for the same aid; `certainty` from 0 to 1. */
export interface Match {
  readonly certainty: number;
  readonly reasons: readonly MatchReason[];
}

/** What two records of the same aid have in common. */
export type MatchReason =
  | "same-import-id"
  | "same-link"
  | "same-title"
  | "similar-title"
  | "same-dates"
  | "same-text"
  | "similar-text"
  | "same-territory"
  | "same-financer";

/** One aid's part of a plan. `fields` is empty for `create` (all of the staged aid) and for what concerns the aid as a whole. */
export interface Change {
  readonly aidId: string;
  readonly externalId: string;
  readonly kind: ChangeKind;
  /** Revision of the aid that the change was made from; 0 for `create`. */
  readonly baseRevision: number;
  readonly fields: PerField<FieldChange>;
  /** What it sets beside the fields. Plans of runs leave it out: it follows from the kind and the staged aid. */
  readonly state?: Partial<AidState>;
  /** `re-identify`, `adopt`: the other identifier, and why the two are taken for the same aid. */
  readonly match?: Match & { readonly with: string };
  /** A note on this change, by who made it. */
  readonly note?: string;
}

/** Who made a plan: a run, somebody who undoes one, a curator, or the taking over of a live catalogue. */
export type PlanOrigin = "run" | "undo" | "curator" | "adopt";

/** State of a plan. */
export type PlanState = "open" | "part-applied" | "applied" | "discarded" | "overtaken";

/** What a plan would do, or did. `valid = created + updated + restored + unchanged + ignored`. */
export interface PlanCounts {
  readonly created: number;
  readonly updated: number;
  readonly restored: number;
  readonly unchanged: number;
  /** Received, but rejected or merged by a person. */
  readonly ignored: number;
  /** Held, not received, not withdrawn before. */
  readonly missing: number;
  readonly withdrawn: number;
  readonly proposals: number;
  /** Aids that undoing their creation takes out again; left out where there are none. */
  readonly removed?: number;
}

/** Something that a plan says of an aid, or of two, and does nothing about. */
export interface Remark {
  readonly code: RemarkCode;
  readonly aidId: string | null;
  readonly externalId: string | null;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * `spared`: undo leaves these `fields` (or the whole aid, where `fields` is empty) because a person or a later run has touched them since;
 * `doubtful-pair`: perhaps the same aid under another id (`with`, `certainty`, `reasons`); `our-own`: an aid of our own catalogue that comes
 * back through a feed (`of`); `renamed-rejected`: a rejected or merged aid came under a new id (`was`); `no-match`: nothing of ours is this live aid.
 */
export type RemarkCode = "spared" | "doubtful-pair" | "our-own" | "renamed-rejected" | "no-match";

/** Something that a guard saw: its sentence is made of code, two numbers and examples. `field`, `params`: what else the sentence names. */
export interface GuardFinding {
  readonly code: GuardCode;
  readonly found: number;
  readonly limit: number;
  readonly examples: readonly string[];
  readonly field?: AidField;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Guards that hold the plan. */
export const holdingGuards = [
  "nothing-received",
  "none-valid",
  "fewer-than-expected",
  "aids-gone",
  "new-ids",
  "records-rejected",
  "field-emptied",
  "deadlines-past",
  "links-moved",
  "first-run-of-draft",
  "undone-before",
] as const;

/** Guards that only warn. */
export const warningGuards = ["texts-shrunk", "unmapped-risen", "content-repeated"] as const;

/** Every guard there is. */
export type GuardCode = (typeof holdingGuards)[number] | (typeof warningGuards)[number];
