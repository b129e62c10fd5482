import type { Connector } from "../../kit/definition.ts";
import { pathsOfCondition } from "../../kit/expressions/expression-paths.ts";
import { firstSegment } from "../../kit/expressions/field-path.ts";
import type { Rule } from "../../kit/field-rules.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";

/** Returns every path that the connector reads in rules, conditions, `expect.filled` and `tellApartBy`, always in the same order. */
export function readPaths(connector: Connector): Set<string> {
  const rules = Object.values(connector.fields) as Rule[];
  const { keepWhen } = connector;
  const keepConditions = keepWhen === undefined ? [] : Array.isArray(keepWhen) ? keepWhen.map(({ when }) => when) : [keepWhen];
  const conditions = [...keepConditions, ...(connector.outOfScope ?? []).map(({ when }) => when)];
  return new Set([
    ...rules.flatMap(pathsOfRule),
    ...conditions.flatMap(pathsOfCondition),
    ...(connector.expect.filled ?? []),
    ...(connector.tellApartBy ?? []),
  ]);
}

/**
 * Returns the top-level fields that the connector reads: the first segment of each path (`couverture_geo` for `couverture_geo.code`, `tags`
 * for `tags[].title`), and the whole path, because a key may contain a dot.
 */
export function readFields(connector: Connector): Set<string> {
  const fields = new Set<string>();
  for (const path of readPaths(connector)) fields.add(path).add(firstSegment(path));
  return fields;
}

/** Returns the fields of the feed that the connector neither reads nor ignores, in feed order. */
export function unreadFields(connector: Connector, seen: Iterable<string>): string[] {
  const expected = readFields(connector);
  for (const field of connector.ignored) expected.add(field);
  const inFeed = new Set(seen);
  return [...inFeed].filter((field) => !expected.has(field) && !isLinkOfCell(field, inFeed));
}

/** Returns true for a field that decode adds for the link of a cell, `title (link)`. Connectors need not ignore it. */
function isLinkOfCell(field: string, inFeed: ReadonlySet<string>): boolean {
  return field.endsWith(" (link)") && inFeed.has(field.slice(0, -" (link)".length));
}

/** Returns the paths that the connector reads and that occur in no record: a misspelling, or a feed that changed. */
export function fieldsNeverSeen(connector: Connector, seen: ReadonlySet<string>): string[] {
  return [...readPaths(connector)].filter((path) => !seen.has(path) && !seen.has(firstSegment(path)));
}
