import type { AidField } from "../../model/aid/aid.ts";

/** Figures of one applied run, from which guards learn. */
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
}

/** A number of aids with a few external ids as examples. */
export interface CountedAids {
  readonly count: number;
  readonly examples: readonly string[];
}

/** Everything guards may look at before a plan is applied. */
export interface GuardFacts {
  readonly received: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly valid: number;
  /** Examples of the most frequent reasons for rejection. */
  readonly rejectedExamples: readonly string[];
  /** Minimum number of records of a healthy feed; null if not declared, or if a person gave the feed. */
  readonly atLeast: number | null;
  /** The connector is a draft and none of its plans was applied yet. */
  readonly isFirstRunOfDraft: boolean;
  /** Aids in the connector's last feed, without withdrawn, rejected, merged and already absent ones. 0 at the first run. */
  readonly inLastFeed: number;
  /** Those of them that are missing from this feed for the first time. Renamed aids do not count. */
  readonly gone: CountedAids;
  /** Aids under an unknown external id: new ones, and `renamed` that were recognised as existing aids. */
  readonly newIds: CountedAids & { readonly renamed: number };
  /** Field -> share of valid aids in this feed that fill it, 0 to 1. */
  readonly fillRates: Readonly<Record<string, number>>;
  /** Field -> external ids of a few aids that lose its value. Fields that no aid lost are left out. */
  readonly lost: Readonly<Partial<Record<AidField, readonly string[]>>>;
  readonly deadlines: {
    /** Aids in this feed with a deadline, and those with a past one. */
    readonly withDeadline: number;
    readonly past: CountedAids;
    /** Aids whose stored deadline is open and which this plan closes. */
    readonly closed: number;
  };
  readonly links: {
    /** Received aids that exist already, whose links (information and application page) were compared. */
    readonly compared: number;
    /** Aids whose link moves to a host that is new for this connector. Examples read `external id: old host -> new host`. */
    readonly moved: CountedAids;
  };
  /** Total length of the descriptions that this plan changes, before and after, and the number of aids. */
  readonly texts: { readonly before: number; readonly after: number; readonly aids: number };
  /** Records with an unmapped term. */
  readonly unmapped: CountedAids;
  /** The most frequent description among new and changed aids. */
  readonly repeated: CountedAids & { readonly of: number };
  /** The last applied runs, newest first, at most ten. Undone runs are left out. */
  readonly past: readonly PastRun[];
  /** Who undid a run of this same feed and when (`YYYY-MM-DD`); null if nobody did, or if a person gave the feed. */
  readonly undoneBefore: { readonly by: string; readonly day: string } | null;
  /** Limits set by the connector. */
  readonly limits: GuardLimits;
}

/** Limits that replace the defaults. Shares are 0 to 1; a share of 1 never trips. */
export interface GuardLimits {
  readonly gone?: number | undefined;
  readonly newIds?: number | undefined;
  readonly rejected?: number | undefined;
  readonly linksMoved?: number | undefined;
  /** Field -> lowest healthy fill rate. */
  readonly filled?: Readonly<Partial<Record<AidField, number>>> | undefined;
}
