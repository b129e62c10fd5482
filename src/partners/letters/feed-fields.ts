import type { Connector } from "../../kit/definition.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import type { Letter } from "./letter.ts";

/** More fields of the feed than these say nothing of where to look. */
const maxNamed = 3;
const maxNameLength = 120;

/** The publisher's own name of one of our fields: what its rule reads; null where that is nothing, too much, or not known. */
export function columnOf({ fields }: Pick<Connector, "fields">, field: string | null): string | null {
  const rule = field === null ? undefined : new Map(Object.entries(fields)).get(field);
  const paths = rule === undefined ? [] : [...new Set(pathsOfRule(rule))];
  return paths.length === 0 || paths.length > maxNamed ? null : paths.join(", ").slice(0, maxNameLength);
}

/** What aids of a connector are recognised by, where it will not last: the address of their page, their title, or what several share. */
export function identifierDoubt({ fields }: Connector, isShared: boolean): Letter["identifier"] {
  const from = [...new Set(pathsOfRule(fields.externalId))];
  if (from.length === 0) return null;
  const isMadeOf = (paths: readonly string[]) => from.every((path) => paths.includes(path));
  const links = [fields.originUrl, fields.applicationUrl].flatMap((rule) => (rule === undefined ? [] : pathsOfRule(rule)));
  if (isMadeOf(links)) return { from, code: "is-link" };
  if (isMadeOf(pathsOfRule(fields.name))) return { from, code: "is-title" };
  return isShared ? { from, code: "shared" } : null;
}
