import type { Connector } from "../../kit/definition.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";

/** More fields of the feed than these say nothing of where to look. */
const mostNamed = 3;
const longestName = 120;

/** The publisher's own name of one of our fields: what its rule reads; null where that is nothing, too much, or not known. */
export function columnOf({ fields }: Pick<Connector, "fields">, field: string | null): string | null {
  const rule = field === null ? undefined : new Map(Object.entries(fields)).get(field);
  const paths = rule === undefined ? [] : [...new Set(pathsOfRule(rule))];
  return paths.length === 0 || paths.length > mostNamed ? null : paths.join(", ").slice(0, longestName);
}
