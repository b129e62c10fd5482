import type { OwnField } from "../../src/model/survey/own-field.ts";
import type { Row } from "../real-files/feed-rows.ts";
import { seeded } from "../support/seeded.ts";
import type { DriftFeed } from "./drift-feed.ts";

/** Returns a changed copy of a record, or the record itself. */
export type RowChange = (row: Row, index: number) => Row;

/** Which records of a feed drift. */
export interface DriftRequest {
  /** Share of the records that the drift can change, 0 to 1. */
  readonly share: number;
  readonly seed: number;
  /** From 1. */
  readonly night: number;
}

/** A way in which a feed changes or lies. Its functions are pure. */
export type DriftKind = {
  readonly id: string;
  /** The drift in a few words. */
  readonly says: string;
  /** Usual share of the records, 0 to 1. Default: 1. */
  readonly share?: number;
  /** Number of nights on which the drift goes on. Default: 1. */
  readonly nights?: number;
} & (
  | {
      /** Fields whose paths change, and no other path. `all`: any value of a record. */
      readonly touches: readonly OwnField[] | "all";
      /** Returns the change of a record, or null if the kind does not fit the feed. */
      change(feed: DriftFeed): RowChange | null;
    }
  | {
      /** The list of records changes: some are added, removed, sorted or come from elsewhere. */
      readonly touches: "records";
      /** Returns the drifted records, or null if the kind does not fit the feed. */
      records(feed: DriftFeed, request: DriftRequest): readonly Row[] | null;
    }
);

/** Returns the drifted records of a feed, or null if the kind does not fit it or changes nothing. */
export function drifted(kind: DriftKind, feed: DriftFeed, request: DriftRequest): readonly Row[] | null {
  if ("records" in kind) return kind.records(feed, request);
  const change = kind.change(feed);
  if (change === null) return null;
  const changed = feed.rows.map(change);
  const able = feed.rows.flatMap((row, index) => (isSame(row, changed[index]) ? [] : [index]));
  // Each night adds to the records of the nights before.
  const chosen = new Set(chosenOf(able, { ...request, share: Math.min(1, request.share * request.night) }));
  return chosen.size === 0 ? null : feed.rows.map((row, index) => (chosen.has(index) ? (changed[index] ?? row) : row));
}

/** Chooses a share of the items by chance, at least one. */
export function chosenOf<T>(items: readonly T[], { share, seed }: Pick<DriftRequest, "share" | "seed">): T[] {
  if (share >= 1) return [...items];
  const random = seeded(seed);
  const shuffled = items.map((item) => [random(), item] as const).sort(([a], [b]) => a - b);
  return shuffled.slice(0, Math.max(1, Math.round(items.length * share))).map(([, item]) => item);
}

/** Returns true if two records have the same values. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Returns the record after another one; the first one follows the last. */
export function nextOf(feed: DriftFeed, index: number): Row {
  return feed.rows[(index + 1) % feed.rows.length] ?? {};
}
