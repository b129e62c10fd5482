import type { RowKind } from "../../kit/definition.ts";
import type { Decoded } from "./decoded.ts";

/** How to read the rows of a CSV: its page, its encoding, and its header. Plain data, for threads. */
export interface TableHead {
  /** Prefix for locators: `page 2, ` or empty. */
  readonly page: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly headerRow: number;
  /** Rows that are not records. */
  readonly leaveOut?: readonly RowKind[] | undefined;
  /** The header, or null if the feed ends before it. */
  readonly header: { readonly number: number; readonly text: string } | null;
}

/** Bytes of consecutive records, in one buffer that can be sent to a thread without a copy. */
interface RecordBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Start and end of each record in `bytes`, in turn. */
  readonly extents: Uint32Array;
  /** Number of the first record, from 1. */
  readonly first: number;
}

/** Rows of a CSV, also blank ones. */
export interface RowsPiece extends RecordBytes {
  readonly kind: "rows";
  readonly table: TableHead;
  /** Indexes of rows with text after a closing quote. */
  readonly strays: readonly number[];
  /** The feed ended inside the quotes of the last row. */
  readonly isUnterminated: boolean;
}

/** Records of formats whose records are not cut by their bytes, and issues and facts about the feed. */
interface DecodedPiece {
  readonly kind: "decoded";
  readonly items: readonly Decoded[];
}

/** Consecutive records of a feed. Each piece can be read without the others. */
export type Piece = RowsPiece | DecodedPiece;

/** Minimum size of a piece. Smaller pieces cost more in messages between threads than they gain. */
export const pieceBytes = 512 * 1024;
