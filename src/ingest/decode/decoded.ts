import type { Issue } from "../../model/issue.ts";
import type { StoredHead } from "../../model/plan/plan.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";

export type { FeedPart } from "../../model/run/feed-part.ts";

/** Output of a decoder, in the feed's order. */
export type Decoded =
  /** A decoded record. Its issues report, for example, repaired bytes or a short row. */
  | {
      readonly kind: "record";
      readonly locator: string;
      readonly values: Readonly<Record<string, unknown>>;
      readonly issues?: readonly Issue[];
      /** Hash of the record's text, if it was looked up in the memory. */
      readonly hash?: string;
    }
  /** A record that was not decoded, because the memory recalled its text. */
  | { readonly kind: "known"; readonly locator: string; readonly raw: string; readonly head: StoredHead }
  /** Fields that records may have, if known in advance: the columns of a table. */
  | { readonly kind: "fields"; readonly names: readonly string[] }
  /** A record that cannot be decoded. It counts as received and rejected, and is stored as text. */
  | { readonly kind: "broken"; readonly locator: string; readonly raw: string; readonly issue: Issue }
  /** An issue about the whole feed. */
  | { readonly kind: "issue"; readonly issue: Issue }
  /** The number of records that the feed announces. */
  | { readonly kind: "total"; readonly total: number };

/** Size limits of a feed. */
export interface DecodeLimits {
  /** Maximum size of the unpacked feed, bytes. */
  readonly decompressedBytes: number;
  /** Maximum size of a record, bytes. */
  readonly recordBytes: number;
}

export const defaultDecodeLimits: DecodeLimits = {
  decompressedBytes: 2 * 1024 ** 3,
  recordBytes: 16 * 1024 ** 2,
};

/** Recalls aids by the text of their records, so that unchanged records are not decoded again. */
export interface RecordMemory {
  /** Returns for each text, in the same order, its hash and the stored aid with this hash, or undefined. */
  recall(written: readonly string[]): Promise<readonly { readonly hash: string; readonly head: StoredHead | undefined }[]>;
}

/** Returns the error for a record or another value that is larger than `recordBytes`. `at` is its place in the feed. */
export function recordTooLarge(at: string, recordBytes: number): FeedUnreadable {
  return new FeedUnreadable("too-large", { at, limitMb: Math.round(recordBytes / 1024 ** 2) });
}
