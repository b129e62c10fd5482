import type { Issue } from "../../model/issue.ts";
import type { HeldHead } from "../../model/plan/plan.ts";

export type { FeedPart } from "../../model/run/feed-part.ts";

/** What a decoder gives, in the feed's order. */
export type Decoded =
  /** A record; `issues` (repaired bytes, short row) are about it. */
  | {
      readonly kind: "record";
      readonly locator: string;
      readonly values: Readonly<Record<string, unknown>>;
      readonly issues?: readonly Issue[];
      /** Hash under which the memory was asked for it. */
      readonly hash?: string;
    }
  /** A record that the memory knows by how it is written: it was not read again. */
  | { readonly kind: "known"; readonly locator: string; readonly raw: string; readonly head: HeldHead }
  /** The fields that records may have, where that is told before them: the columns of a table. */
  | { readonly kind: "fields"; readonly names: readonly string[] }
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

/** What is known of records by how they are written, so that what has not changed is not read again. */
export interface RecordMemory {
  /** For each record as written, in order: the hash to keep with it, and the aid that we hold by that hash. */
  recall(written: readonly string[]): Promise<readonly { readonly hash: string; readonly head: HeldHead | undefined }[]>;
}
