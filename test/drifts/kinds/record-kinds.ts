import { eachText, type Row } from "../../real-files/feed-rows.ts";
import type { DriftFeed } from "../drift-feed.ts";
import { chosenOf, type DriftKind } from "../drift-kind.ts";
import { recordValue, withValue } from "../record-value.ts";

/** Returns the path of the identifier, or null if there is none or some record lacks it. */
function idPath(feed: DriftFeed): string | null {
  const path = feed.paths("externalId").find((filled) => feed.rows.every((row) => (recordValue(row, filled) ?? "") !== ""));
  return path ?? null;
}

/** An identifier that the feed does not have. A number stays a number. */
function newId(id: unknown, mark: number): unknown {
  return typeof id === "number" ? id + 700_000 + mark : `${String(id).replace(/\/$/, "")}-n${mark}`;
}

const indexes = ({ rows }: DriftFeed) => rows.map((_, index) => index);

/** Drifts of identifiers and of the list of records. */
export const recordKinds: readonly DriftKind[] = [
  {
    id: "ids-recycled",
    says: "identifiers name other aids of the feed",
    share: 0.15,
    touches: "records",
    records: (feed, request) => {
      const path = idPath(feed);
      const chosen = chosenOf(indexes(feed), request);
      if (path === null || chosen.length < 2) return null;
      const ids = new Map(
        chosen.map((index, place) => [index, recordValue(feed.rows[chosen[(place + 1) % chosen.length] ?? 0] ?? {}, path)]),
      );
      return feed.rows.map((row, index) => (ids.has(index) ? withValue(row, path, ids.get(index)) : row));
    },
  },
  {
    id: "ids-new",
    says: "all identifiers are new",
    touches: "records",
    records: (feed, request) => {
      const path = idPath(feed);
      const chosen = new Set(chosenOf(indexes(feed), request));
      return path === null
        ? null
        : feed.rows.map((row, index) => (chosen.has(index) ? withValue(row, path, newId(recordValue(row, path), index)) : row));
    },
  },
  {
    id: "renumbered",
    says: "records are sorted by title, and identifiers keep their order",
    touches: "records",
    records: (feed) => {
      const [path, title] = [idPath(feed), feed.mainPath("name")];
      if (path === null || title === null || path === title) return null;
      const sorted = feed.rows.toSorted((a, b) => (String(recordValue(a, title)) < String(recordValue(b, title)) ? -1 : 1));
      return sorted.map((row, index) => withValue(row, path, recordValue(feed.rows[index] ?? {}, path)));
    },
  },
  {
    id: "copied",
    says: "records have a copy under a new identifier",
    share: 0.25,
    touches: "records",
    records: (feed, request) => {
      const path = idPath(feed);
      if (path === null) return null;
      const copies = chosenOf(indexes(feed), request).map((index): Row => {
        const row = feed.rows[index] ?? {};
        return withValue(row, path, newId(recordValue(row, path), index));
      });
      return [...feed.rows, ...copies];
    },
  },
  {
    id: "lost",
    says: "records are missing",
    share: 0.5,
    touches: "records",
    records: (feed, request) => {
      const lost = new Set(chosenOf(indexes(feed), request));
      return lost.size === feed.rows.length ? null : feed.rows.filter((_, index) => !lost.has(index));
    },
  },
  {
    id: "tests-added",
    says: "test records are published",
    share: 0.1,
    touches: "records",
    records: (feed, request) => {
      const [path, title] = [idPath(feed), feed.mainPath("name")];
      if (path === null || title === null || path === title) return null;
      const tests = chosenOf(indexes(feed), request).map((index, place) => {
        const row = feed.rows[index] ?? {};
        return withValue(withValue(row, path, newId(recordValue(row, path), index)), title, `Test ${place + 1} à supprimer`);
      });
      return [...feed.rows, ...tests];
    },
  },
  {
    id: "older-export",
    says: "an export of two weeks ago",
    touches: "records",
    records: ({ older }) => older ?? null,
  },
  {
    id: "columns-shifted",
    says: "values are shifted by one column",
    touches: "all",
    change: () => (row) => {
      const keys = Object.keys(row);
      return Object.fromEntries(keys.map((key, index) => [key, row[keys[(index + 1) % keys.length] ?? ""]]));
    },
  },
  {
    id: "accents-lost",
    says: "the encoding is damaged: accented letters of all values become question marks",
    touches: "all",
    change: () => (row) => eachText(row, (text) => text.replace(/\P{ASCII}/gu, "?")) as Row,
  },
];
