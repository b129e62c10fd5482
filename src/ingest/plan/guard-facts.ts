import type { AidField } from "../../model/aid/aid.ts";
import type { DateFigures, RepeatedText } from "../../model/plan/staged-figures.ts";
import type { FeedDecision } from "../../model/run/feed-decision.ts";
import type { FeedShape, RunCounts } from "../../model/run/run-report.ts";
import type { Shifts } from "./shifts.ts";

/** Figures of one applied run, from which guards learn their limits. */
export interface PastRun {
  /** Day in Paris, `YYYY-MM-DD`. */
  readonly day: string;
  readonly received: number;
  readonly rejected: number;
  readonly valid: number;
  readonly created: number;
  /** Field -> share of valid aids that fill it, 0 to 1. */
  readonly fillRates: Readonly<Record<string, number>>;
  /** Records with an unmapped term, all vocabularies together. */
  readonly unmapped: number;
  readonly shape?: FeedShape;
}

/** A column of the feed that probably replaces a missing one. `same` of `of` common aids have the same value under both names. */
export interface FoundRename {
  readonly from: string;
  readonly to: string;
  readonly same: number;
  readonly of: number;
}

/** A number of aids with a few external ids as examples. */
export interface CountedAids {
  readonly count: number;
  readonly examples: readonly string[];
}

/** New and changed aids that other connectors have already brought. */
export interface ElsewhereFacts {
  /** Number of new aids that were compared. */
  readonly of: number;
  readonly certain: CountedAids;
  /** Number of certain aids that the plan links. */
  readonly linked: number;
  /** Number of new aids that may be known, but are not certain. */
  readonly maybe: number;
  /** Ids of the other connectors, sorted. */
  readonly from: readonly string[];
  /** Number of certain aids, and of changed aids that another connector brings too. */
  readonly compared: number;
  /** Those of them whose sources contradict each other. */
  readonly contradicting: CountedAids;
  /** Number of changed aids among them. */
  readonly changed: number;
  /** Number of them that contradict each other about a day. */
  readonly dated: number;
  /** Number of these where day and month are swapped. */
  readonly swapped: CountedAids;
  /** Number of days in the new and changed aids, and of those after the twelfth of a month. */
  readonly days: number;
  readonly lateDays: number;
}

/** Input of the guards. */
export interface GuardFacts extends Pick<RunCounts, "received" | "skipped" | "rejected" | "valid"> {
  /** Examples of the most frequent reasons for rejection. */
  readonly rejectedExamples: readonly string[];
  /** Minimum number of valid aids in a healthy feed; null if the connector declares none, or if a person gave the feed. */
  readonly atLeast: number | null;
  /** True if the connector is a draft and none of its plans has been applied. */
  readonly isFirstRunOfDraft: boolean;
  /** Number of aids in the connector's last feed, except withdrawn, rejected, merged and absent aids. 0 in the first run. */
  readonly inLastFeed: number;
  /** Aids of the last feed that are missing from this one. Aids recognised under a new id do not count. */
  readonly gone: CountedAids;
  /** Aids with an unknown external id. `renamed` of them were recognised as stored aids. */
  readonly newIds: CountedAids & { readonly renamed: number };
  /** Field -> share of valid aids in this feed that fill it, 0 to 1. */
  readonly fillRates: Readonly<Record<string, number>>;
  /** Field -> external ids of a few aids that lose its value. Fields that no aid lost are left out. */
  readonly lost: Readonly<Partial<Record<AidField, readonly string[]>>>;
  readonly deadlines: {
    /** Aids in this feed with a deadline. */
    readonly withDeadline: number;
    /** Aids in this feed whose deadline is past. */
    readonly past: CountedAids;
    /** Aids with an open deadline in the catalogue and a past one in this feed. */
    readonly closed: number;
  };
  readonly links: {
    /** Received aids that are already stored. Their links to the information and application pages were compared. */
    readonly compared: number;
    /** Aids whose link moves to a host that is new for this connector. Examples have the form `external id: old host -> new host`. */
    readonly moved: CountedAids;
  };
  readonly shape: FeedShape;
  /** Paths that the connector reads and that occur in no record and in no header. */
  readonly neverSeen: readonly string[];
  /** The feed has columns: CSV, Excel or OpenDocument. */
  readonly isTable: boolean;
  /** Aid fields that are made of each path. */
  readonly fieldsOf: Readonly<Record<string, readonly (AidField | "externalId")[]>>;
  readonly renames: readonly FoundRename[];
  readonly shifts: Shifts;
  /** Decisions of people about this feed. */
  readonly decisions: readonly FeedDecision[];
  /** Records with an unmapped term. */
  readonly unmapped: CountedAids;
  /** Null if the plan creates nothing. */
  readonly elsewhere: ElsewhereFacts | null;
  /** The most frequent value of each text field among new and changed aids that fill the field (`of`). */
  readonly repeated: readonly RepeatedText[];
  /** The date fields of new and changed aids. */
  readonly dates: readonly DateFigures[];
  /** The last applied runs, newest first, at most ten. Undone runs are left out. */
  readonly past: readonly PastRun[];
  /** Person and day (`YYYY-MM-DD`) of the undo of a run with these same bytes. Null if there was no undo, or if a person gave the feed. */
  readonly undoneBefore: { readonly by: string; readonly day: string } | null;
  /** Limits set by the connector. */
  readonly limits: GuardLimits;
}

/** Limits that replace the defaults. Shares are 0 to 1; a guard with a share of 1 never trips. */
export interface GuardLimits {
  readonly gone?: number | undefined;
  readonly newIds?: number | undefined;
  readonly rejected?: number | undefined;
  readonly linksMoved?: number | undefined;
  /** Share of past records that must have filled a path, so that its absence holds the plan. */
  readonly paths?: number | undefined;
  /** Share of aids whose values change in one of the ways of `shiftKinds`. */
  readonly shifted?: number | undefined;
  /** Field -> lowest healthy fill rate. */
  readonly filled?: Readonly<Partial<Record<AidField, number>>> | undefined;
}
