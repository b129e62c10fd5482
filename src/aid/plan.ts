import type { AidContent, AidField } from "./aid.ts";
import type { Issue } from "./issue.ts";
import type { Slug } from "./vocabularies.ts";

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

/** An aid as the catalogue holds it, as far as a plan needs it. */
export interface HeldAid {
  readonly aidId: string;
  readonly externalId: string;
  readonly revision: number;
  readonly status: Slug<"status">;
  /** `YYYY-MM-DD`, null where it is in the feed. */
  readonly withdrawnAt: string | null;
  /** What the publisher last said, field by field. */
  readonly imported: AidContent;
  /** What persons changed: the fields that they corrected. Laid over `imported` it gives the current aid. */
  readonly edits: Partial<AidContent>;
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

/** What a change does to an aid. */
export type ChangeKind = "create" | "update" | "withdraw" | "restore" | "re-identify";

/** What a plan does with one field: applied, proposed to a curator, kept as a curator has it, filled because it was empty. */
type FieldAction = "apply" | "propose" | "keep" | "fill";

/** The three values that count, and what is done. */
export interface FieldChange {
  /** What was last imported. */
  readonly last: unknown;
  /** What the catalogue shows. */
  readonly current: unknown;
  /** What the feed says now. */
  readonly incoming: unknown;
  readonly action: FieldAction;
}

/** One aid's part of a plan. `fields` is empty for `create` (all of the staged aid) and `withdraw`. */
export interface Change {
  readonly aidId: string;
  readonly externalId: string;
  readonly kind: ChangeKind;
  /** Revision of the aid that the change was made from; 0 for `create`. */
  readonly baseRevision: number;
  readonly fields: Readonly<Partial<Record<AidField, FieldChange>>>;
}

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
}

/** A guard that held the plan: code and the two numbers of its sentence. */
export interface GuardFinding {
  readonly code: GuardCode;
  readonly found: number;
  readonly limit: number;
  readonly examples: readonly string[];
}

/** Every guard there is. */
export type GuardCode = "nothing-received" | "none-valid" | "fewer-than-expected";
