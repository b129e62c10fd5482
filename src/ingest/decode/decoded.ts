import type { DecodeOptions } from "../../kit/definition.ts";
import type { Details } from "../../kit/detail-pages.ts";
import type { Issue } from "../../model/issue.ts";
import { bytesPerMegabyte, defaultBudget } from "../../model/run/run-budget.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";

export type { FeedPart } from "../../model/run/feed-part.ts";

/** How records are recognised that are no longer where the connector declares them. Absent outside connectors. */
export interface Recognition {
  /**
   * Returns the share (0 to 1) of the fields that the connector reads and that have one of these names; 0 if identifier or title are not among
   * them.
   */
  readonly shareOfFields?: (names: ReadonlySet<string>) => number;
}

/**
 * How to decode a feed: as declared or, if the delimiter or the record path has certainly changed, with the new one. `details`: the feed is
 * a list whose records have pages.
 */
export type FeedReading = DecodeOptions & Recognition & { readonly details?: Details | undefined };

const minShareOfFields = 0.6;

/** Returns true if most fields of the connector have these names. Optional fields may be in none of the first records. */
export function areRecords({ shareOfFields }: Recognition, names: Iterable<string>): boolean {
  return shareOfFields !== undefined && shareOfFields(new Set(names)) >= minShareOfFields;
}

/** Output of a decoder, in the feed's order. */
export type Decoded =
  /** A decoded record. Its issues report, for example, repaired bytes or a short row. */
  | {
      readonly kind: "record";
      readonly locator: string;
      readonly values: Readonly<Record<string, unknown>>;
      readonly issues?: readonly Issue[];
      /** Digest of the record's bytes, if it was looked up in the memory. */
      readonly digest?: Uint8Array;
    }
  /** A record that was not decoded, because the memory knows its bytes: its number there, its digest, and its text. */
  | { readonly kind: "known"; readonly locator: string; readonly stored: number; readonly digest: Uint8Array; readonly raw: () => string }
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
  /**
   * Receives how many bytes of a file have been read so far, out of its archive. Files of a feed have different names. May throw to stop.
   */
  onDecoded?(file: string, bytes: number): void;
  /** Minimum size of a piece, bytes. Default `pieceBytes`. */
  readonly pieceBytes?: number;
}

export const defaultDecodeLimits: DecodeLimits = {
  decompressedBytes: defaultBudget.decodedMegabytes * bytesPerMegabyte,
  recordBytes: 16 * bytesPerMegabyte,
};

/** Recognises stored aids and rejected records by the bytes of their records, so that unchanged records are not decoded again. */
export interface RecordMemory {
  /** Returns the digest of a record. The same bytes under other titles (`signature`) are another record. */
  digestOf(record: Uint8Array, signature: string): Uint8Array;
  /** Returns the number of the stored aid or rejected record with this digest, or -1. */
  find(digest: Uint8Array): number;
}

/** Returns the error for a record or another value that is larger than `recordBytes`. `at` is its place in the feed. */
export function recordTooLarge(at: string, recordBytes: number): FeedUnreadable {
  return new FeedUnreadable("too-large", { at, limitMb: Math.round(recordBytes / 1024 ** 2) });
}
