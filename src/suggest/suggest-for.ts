import { type AidContent, isEmptyValue } from "../model/aid/aid.ts";
import type { Suggestion } from "../model/aid/suggestion.ts";
import { measuredPrecision } from "./measured-rule.ts";
import type { Suggested } from "./suggested.ts";
import { passagesOf } from "./text/passages.ts";
import { suggestContact } from "./text/suggest-contact.ts";
import { suggestDates } from "./text/suggest-dates.ts";
import { suggestLinks } from "./text/suggest-link.ts";
import { suggestMoney } from "./text/suggest-money.ts";
import { suggestSections } from "./text/suggest-sections.ts";
import { suggestTerms } from "./text/suggest-terms.ts";

/** Suggests values for the empty fields of an aid from its texts; those of a field are alternatives, the most certain first. */
export function suggestFor(content: AidContent): Suggestion[] {
  const kept = allSuggestions(content)
    .filter(({ field }) => isEmptyValue(content[field]))
    .map((one) => ({ ...one, certainty: measuredPrecision(one) }));
  return withoutWeaker(kept).sort((a, b) => b.certainty - a.certainty);
}

/** Returns what each rule reads for an aid, filled fields included. The bench compares it with the fields' values. */
export function allSuggestions(content: AidContent): Suggested[] {
  const { passages, headings } = passagesOf(content);
  return [
    ...suggestContact(passages),
    ...suggestDates(passages),
    ...suggestMoney(passages),
    ...suggestLinks(content),
    ...suggestSections(content, headings),
    ...suggestTerms(content, passages),
    ...fromFields(content),
  ];
}

/** Suggests that an aid with a deadline is a single call. */
function fromFields({ submissionDeadline }: AidContent): Suggested[] {
  if (submissionDeadline === null) return [];
  const evidence = [{ kind: "fields", from: ["submissionDeadline"] }] as const;
  return [{ field: "recurrence", rule: "dates", value: "oneoff", strength: 1, evidence }];
}

/** Of the suggestions of a rule for a field, keeps the longest one. */
function withoutWeaker(suggestions: readonly Suggestion[]): Suggestion[] {
  const best = new Map<string, Suggestion>();
  for (const one of suggestions) {
    const key = `${one.field} ${one.rule}`;
    const known = best.get(key);
    if (known === undefined || one.strength < known.strength) best.set(key, one);
  }
  return [...best.values()];
}
