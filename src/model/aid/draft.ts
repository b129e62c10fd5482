import type { AidField } from "./aid.ts";

/** A mapped record before validation. */
export interface Draft {
  /** The publisher's identifier, or null. */
  readonly externalId: string | null;
  /** Every field of an aid; null or `[]` if the feed has no value. */
  readonly content: Readonly<Record<AidField, unknown>>;
}
