import type { Connector } from "../../kit/definition.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { pathsOfCondition, pathsOfRule } from "../../kit/rules/rule-paths.ts";

/** Lists every path that the connector reads: in rules, conditions, `expect.filled`, `tellApartBy`. */
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
 * Lists the top-level fields that the connector reads: each path itself, because a key may contain a dot, and its first segment
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

/** Lists the fields of the feed that are neither read nor ignored, in feed order. */
export function unreadFields(connector: Connector, seen: Iterable<string>): string[] {
  const accounted = readFields(connector);
  for (const field of connector.ignored) accounted.add(field);
  const known = new Set(seen);
  return [...known].filter((field) => !accounted.has(field) && !isLinkOf(known, field));
}

/** A cell's link is in a field of its own, `title (link)`. Connectors may read it but need not ignore it. */
function isLinkOf(known: ReadonlySet<string>, field: string): boolean {
  return field.endsWith(" (link)") && known.has(field.slice(0, -" (link)".length));
}

/** Lists paths that the connector reads and no record has: a misspelling, or a feed that changed. */
export function fieldsNeverSeen(connector: Connector, seen: ReadonlySet<string>): string[] {
  return [...readPaths(connector)].filter((path) => !seen.has(path) && !seen.has(firstSegment(path)));
}
