import type { Connector } from "../../kit/definition.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { pathsOfCondition, pathsOfRule } from "../../kit/rules/rule-paths.ts";

/** Every path of the record that the connector names to read: in rules, conditions, `expect.filled`, `tellApartBy`. */
function readPaths(connector: Connector): Set<string> {
  const rules = Object.values(connector.fields) as Rule[];
  const { keepWhen } = connector;
  const kept = keepWhen === undefined ? [] : Array.isArray(keepWhen) ? keepWhen.map(({ when }) => when) : [keepWhen];
  const conditions = [...kept, ...(connector.outOfScope ?? []).map(({ when }) => when)];
  return new Set([
    ...rules.flatMap(pathsOfRule),
    ...conditions.flatMap(pathsOfCondition),
    ...(connector.expect.filled ?? []),
    ...(connector.tellApartBy ?? []),
  ]);
}

/**
 * The top-level fields of the feed that the connector reads: each path as it stands (a key may hold a dot) and its first segment
 * (`couverture_geo` for `couverture_geo.code`, `tags` for `tags[].title`).
 */
export function readFields(connector: Connector): Set<string> {
  const fields = new Set<string>();
  for (const path of readPaths(connector)) fields.add(path).add(firstSegment(path));
  return fields;
}

function firstSegment(path: string): string {
  const end = path.search(/[.[]/);
  return end > 0 ? path.slice(0, end) : path;
}

/** The fields of the feed that are neither read nor named as ignored, in the feed's order. */
export function unreadFields(connector: Connector, seen: Iterable<string>): string[] {
  const accounted = readFields(connector);
  for (const field of connector.ignored) accounted.add(field);
  const known = new Set(seen);
  return [...known].filter((field) => !accounted.has(field) && !isLinkOf(known, field));
}

/** A spreadsheet cell's link stands beside its text, under `title (link)`: it is there to be read, not to be accounted for. */
function isLinkOf(known: ReadonlySet<string>, field: string): boolean {
  return field.endsWith(" (link)") && known.has(field.slice(0, -" (link)".length));
}

/** The paths that the connector reads though no record has such a field: a misspelling, or a feed that changed. */
export function fieldsNeverSeen(connector: Connector, seen: ReadonlySet<string>): string[] {
  return [...readPaths(connector)].filter((path) => !seen.has(path) && !seen.has(firstSegment(path)));
}
