import type { AidField } from "../../model/aid/aid.ts";

/** What the last applied runs of the connector looked like, newest first: what guards learn from. */
export interface PastRun {
  /** Day in Paris, `YYYY-MM-DD`. */
  readonly day: string;
  readonly received: number;
  readonly rejected: number;
  readonly valid: number;
  readonly created: number;
  /** Field -> share of valid aids that fill it, 0 to 1. */
  readonly fillRates: Readonly<Record<string, number>>;
  /** Records with a term that nobody has mapped, all vocabularies together. */
  readonly unmapped: number;
}

/** A number of aids, and a few of them by external id. */
export interface CountedAids {
  readonly count: number;
  readonly examples: readonly string[];
}

/** What is known of a whole plan before it is applied: all that guards look at. */
export interface GuardFacts {
  readonly received: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly valid: number;
  /** The most frequent reasons of rejection, as examples. */
  readonly rejectedExamples: readonly string[];
  /** Fewest records of a healthy feed; null where none is said or the feed was given by hand. */
  readonly atLeast: number | null;
  /** The connector is a draft and none of its plans was applied yet. */
  readonly isFirstRunOfDraft: boolean;
  /** Aids of the connector that were in its last feed: neither withdrawn, rejected, merged, nor already absent. 0 at the first run. */
  readonly held: number;
  /** Of these, the ones that are not in this feed and were not counted as absent before, renamed ones left out. */
  readonly gone: CountedAids;
  /** Received under an id that we do not hold: to create, or recognised as an aid that we hold (`renamed` of them). */
  readonly newIds: CountedAids & { readonly renamed: number };
  /** Field -> share of valid aids of this feed that fill it, 0 to 1. */
  readonly fillRates: Readonly<Record<string, number>>;
  /** Field -> a few aids that we hold with it and that come in without, by external id; fields that no aid lost are left out. */
  readonly lost: Readonly<Partial<Record<AidField, readonly string[]>>>;
  readonly deadlines: {
    /** Aids of this feed with a deadline, and those of them whose deadline is past. */
    readonly withDeadline: number;
    readonly past: CountedAids;
    /** Aids whose deadline, as we hold it, is still to come, and that this plan gives a past one. */
    readonly closed: number;
  };
  readonly links: {
    /** Aids whose link (page of the aid, or of application) was compared with the one that we hold: all those received that we hold. */
    readonly compared: number;
    /** Those whose link moves to a host that no link of the connector had before; examples are `external id: old host -> new host`. */
    readonly moved: CountedAids;
  };
  /** Length of all descriptions of aids that this plan changes, as we hold them and as they come in; and of how many aids. */
  readonly texts: { readonly before: number; readonly after: number; readonly aids: number };
  /** Records with a term that nobody has mapped. */
  readonly unmapped: CountedAids;
  /** The description that stands in the most aids of those that come in new or changed. */
  readonly repeated: CountedAids & { readonly of: number };
  /** The last applied runs, newest first, at most ten; those that were undone left out. */
  readonly past: readonly PastRun[];
  /** Who undid a run of this very feed and when (`YYYY-MM-DD`); null where nobody did or the feed was given by hand. */
  readonly undoneBefore: { readonly by: string; readonly day: string } | null;
  /** Limits that the connector sets. */
  readonly limits: GuardLimits;
}

/** Limits that a connector sets in place of the defaults. Shares are from 0 to 1; a share of 1 never trips. */
export interface GuardLimits {
  readonly gone?: number | undefined;
  readonly newIds?: number | undefined;
  readonly rejected?: number | undefined;
  readonly linksMoved?: number | undefined;
  /** Field -> the lowest healthy fill rate. */
  readonly filled?: Readonly<Partial<Record<AidField, number>>> | undefined;
}
