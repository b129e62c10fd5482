import type { Connector } from "../../kit/definition.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import type { Letter } from "../../model/letter/letter.ts";

/** A longer list of feed fields does not help the publisher. */
const maxNamed = 3;
const maxNameLength = 120;

/** Returns the feed fields that the rule of an aid field reads, as the publisher names them; null if it reads none or too many. */
export function columnOf({ fields }: Pick<Connector, "fields">, field: string | null): string | null {
  const rule = field === null ? undefined : new Map(Object.entries(fields)).get(field);
  const paths = rule === undefined ? [] : [...new Set(pathsOfRule(rule))];
  return paths.length === 0 || paths.length > maxNamed ? null : paths.join(", ").slice(0, maxNameLength);
}

/** Returns the fields that identify aids if they are not reliable: the page address, the title, or a value that several aids share. Null if they are. */
export function identifierDoubt({ fields }: Connector, isShared: boolean): Letter["identifier"] {
  const from = [...new Set(pathsOfRule(fields.externalId))];
  if (from.length === 0) return null;
  const isMadeOf = (paths: readonly string[]) => from.every((path) => paths.includes(path));
  const links = [fields.originUrl, fields.applicationUrl].flatMap((rule) => (rule === undefined ? [] : pathsOfRule(rule)));
  if (isMadeOf(links)) return { from, code: "is-link" };
  if (isMadeOf(pathsOfRule(fields.name))) return { from, code: "is-title" };
  return isShared ? { from, code: "shared" } : null;
}
