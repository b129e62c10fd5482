import type { SQL } from "drizzle-orm";
import type { KeptKind } from "../../model/run/retention.ts";

/** By kind, the instant before which nothing is kept. */
export type KeptSince = Readonly<Record<KeptKind, Date>>;

/** Owners that were found to be too old at `now`. */
export interface ExpiredOwners {
  readonly owners: readonly string[];
  readonly now: Date;
}

/**
 * Something that is kept for a time. What is to go has an owner: a snapshot, a run, a plan, whose time has passed and which nothing needs any more; the rows
 * that go are its own.
 */
export interface RetentionRule {
  readonly kind: KeptKind;
  /** Owners that are looked at in one transaction, at most. */
  readonly ownersAtATime: number;
  /**
   * `owner`, and `at`: what counts for how old it is. `found`: of these, those that nothing has come to need meanwhile, asked again in every batch; they do not
   * grow younger.
   */
  owners(since: KeptSince, found?: ExpiredOwners): SQL;
  /** Held for the rest of the transaction before `owners` is asked, where a run may come to need what is about to go. */
  readonly lock?: (found: ExpiredOwners) => SQL;
  readonly rows: readonly RetainedRows[];
  /** Statements that take along what belongs to what is `gone(owner)`, and is not counted. */
  readonly alongside?: readonly SQL[];
}

/** Rows of one table: which are the owner's (`held`, `owners`), and how much room they take, by the columns that weigh. */
export interface RetainedRows {
  readonly table: string;
  readonly owner: SQL;
  readonly isOwned: SQL;
  readonly bytes: SQL;
}
