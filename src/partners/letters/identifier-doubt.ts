import type { Connector } from "../../kit/definition.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import type { Letter } from "./letter.ts";

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
