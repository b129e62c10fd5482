import type { AidField } from "./aid.ts";

/** One record in the shared schema's words, not yet checked. */
export interface Draft {
  /** The publisher's identifier; null where there is none. */
  readonly externalId: string | null;
  /** Every field of an aid; null or `[]` where the feed says nothing. */
  readonly content: Readonly<Record<AidField, unknown>>;
}
