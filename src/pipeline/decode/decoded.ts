import type { Issue } from "../../aid/issue.ts";

export type { FeedPart } from "../../aid/feed-part.ts";

/** What a decoder gives, in the feed's order. */
export type Decoded =
  /** A record; `issues` (repaired bytes, short row) are about it. */
  | {
      readonly kind: "record";
      readonly locator: string;
      readonly values: Readonly<Record<string, unknown>>;
      readonly issues?: readonly Issue[];
    }
  /** A record that cannot be decoded: received and rejected, kept as text. */
  | { readonly kind: "broken"; readonly locator: string; readonly raw: string; readonly issue: Issue }
  /** Something about the whole feed. */
  | { readonly kind: "issue"; readonly issue: Issue }
  /** The number of records that the feed announces. */
  | { readonly kind: "total"; readonly total: number };

/** What a feed may grow to while it is read. */
export interface DecodeLimits {
  /** Largest size after `.gz` or `.zip`, bytes. */
  readonly decompressedBytes: number;
  /** Largest single record, bytes. */
  readonly recordBytes: number;
}

/** Limits that hold unless the operator says otherwise. */
export const defaultDecodeLimits: DecodeLimits = {
  decompressedBytes: 2 * 1024 ** 3,
  recordBytes: 16 * 1024 ** 2,
};
