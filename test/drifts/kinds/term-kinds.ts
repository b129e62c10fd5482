import type { OwnField } from "../../../src/model/survey/own-field.ts";
import { isFilled } from "../../real-files/feed-rows.ts";
import type { DriftFeed } from "../drift-feed.ts";
import { type DriftKind, nextOf, type RowChange } from "../drift-kind.ts";
import { eachValue, recordValue, valuesFrom, withValue } from "../record-value.ts";

/** The paths of these fields are changed by one function, if the feed has such paths. */
function onPaths(
  id: string,
  says: string,
  touches: readonly OwnField[],
  change: (paths: readonly string[], feed: DriftFeed) => RowChange | null,
  share = 1,
): DriftKind {
  return {
    id,
    says,
    share,
    touches,
    change: (feed) => {
      const paths = feed.paths(...touches);
      return paths.length === 0 ? null : change(paths, feed);
    },
  };
}

/** All records have the most frequent values. */
function mostFrequent(paths: readonly string[], { rows }: DriftFeed): RowChange | null {
  const counts = new Map<string, { count: number; row: (typeof rows)[number] }>();
  for (const row of rows) {
    const values = paths.map((path) => recordValue(row, path));
    if (!values.some(isFilled)) continue;
    const key = JSON.stringify(values);
    counts.set(key, { row, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [first] = [...counts.values()].sort((a, b) => b.count - a.count);
  return first === undefined ? null : valuesFrom(first.row, paths);
}

const fromNext =
  (paths: readonly string[], feed: DriftFeed): RowChange =>
  (row, index) =>
    valuesFrom(nextOf(feed, index), paths)(row);
const emptied =
  (paths: readonly string[]): RowChange =>
  (row) =>
    eachValue(row, paths, (value) => (Array.isArray(value) ? [] : isFilled(value) ? null : value));

/** In the order in which they are tried: `|||` contains `|`. */
const separators = ["|||", "|", ";", ","];

/** Every record has all values of the feed, as a list or with its separator. */
function allValues([path = ""]: readonly string[], { rows }: DriftFeed): RowChange | null {
  const values = rows.map((row) => recordValue(row, path)).filter(isFilled);
  const members = values.flatMap((value) => (Array.isArray(value) ? value : [String(value)]));
  const separator = separators.find((mark) => members.some((member) => typeof member === "string" && member.includes(mark)));
  const all = new Set(
    members
      .flatMap((member) => (typeof member === "string" && separator !== undefined ? member.split(separator) : [member]))
      .map((member) => (typeof member === "string" ? member.trim() : member)),
  );
  if (all.size < 2) return null;
  const joined = [...all].join(separator);
  if (values.every(Array.isArray)) return (row) => withValue(row, path, separator === undefined ? [...all] : [joined]);
  return separator === undefined ? null : (row) => withValue(row, path, joined);
}

/** The name of an invented organisation, in the form of the value that it replaces. */
function otherOrganisation(value: unknown): unknown {
  const name = "Agence Exemple";
  if (!isFilled(value)) return value;
  if (Array.isArray(value)) return value.map(otherOrganisation).slice(0, 1);
  if (typeof value !== "string") return value;
  return value.startsWith("[") ? value.replace(/("?nom"?\s*:\s*")[^"]*(",\s*"?siren"?\s*:\s*)"\d*"/g, `$1${name}$2""`) : name;
}

/** The terms of a field are equal everywhere, or those of the neighbour, or all, or missing. */
function ofTerms(field: OwnField, named: string): DriftKind[] {
  return [
    onPaths(`${named}-one`, `one ${named} for all`, [field], mostFrequent),
    onPaths(`${named}-of-next`, `the ${named} of the next record`, [field], fromNext),
    onPaths(`${named}-all`, `every ${named} everywhere`, [field], allValues),
    onPaths(`${named}-empty`, `half of the records have no ${named}`, [field], emptied, 0.5),
  ];
}

const organisations = ["financers", "instructors"] as const;

/** Drifts of terms, territories, organisations and links. */
export const termKinds: readonly DriftKind[] = [
  {
    id: "territory-france",
    says: "the territory is France everywhere",
    touches: ["perimeters", "perimeterSuggestion"],
    change: ({ france }) => (france === undefined ? null : (row) => withValue(row, ...france)),
  },
  onPaths("territory-one", "one territory for all", ["perimeters", "perimeterSuggestion"], mostFrequent),
  onPaths("territory-of-next", "the territory of the next record", ["perimeters", "perimeterSuggestion"], fromNext),
  onPaths("territory-empty", "half of the records have no territory", ["perimeters", "perimeterSuggestion"], emptied, 0.5),
  ...ofTerms("targetedAudiences", "audience"),
  ...ofTerms("aidTypes", "type"),
  ...ofTerms("categories", "category"),
  onPaths(
    "organisation-replaced",
    "another organisation pays or runs all aids",
    organisations,
    (paths) => (row) => eachValue(row, paths, otherOrganisation),
  ),
  onPaths("organisation-of-next", "organisations of the next record", organisations, fromNext),
  onPaths(
    "links-home",
    "all links lead to the home page",
    ["originUrl", "applicationUrl"],
    (paths) => (row) =>
      eachValue(row, paths, (value) => (typeof value === "string" ? value.replace(/^(https?:\/\/[^/\s]+).*$/s, "$1/") : value)),
  ),
  onPaths("links-of-next", "links of the next record", ["originUrl"], fromNext),
  onPaths(
    "links-undefined",
    'links end with "undefined"',
    ["originUrl"],
    (paths) => (row) => eachValue(row, paths, (value) => (typeof value === "string" ? value.replace(/[^/]+\/?$/, "undefined") : value)),
  ),
];
