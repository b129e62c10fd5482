import { type AidContent, isEmptyValue } from "../model/aid/aid.ts";
import type { Suggestion } from "../model/aid/suggestion.ts";
import { isSure, measuredRule } from "./is-sure.ts";
import type { Neighbourhood } from "./neighbours/neighbourhood.ts";
import { suggestFromNeighbours, votedFields } from "./neighbours/suggest-from-neighbours.ts";
import type { Suggested } from "./suggested.ts";
import { passagesOf } from "./text/passages.ts";
import { suggestContact } from "./text/suggest-contact.ts";
import { suggestDates } from "./text/suggest-dates.ts";
import { suggestLinks } from "./text/suggest-link.ts";
import { suggestMoney } from "./text/suggest-money.ts";
import { suggestSections } from "./text/suggest-sections.ts";
import { suggestTerms } from "./text/suggest-terms.ts";

/** Shares of agreeing neighbours that are tried and measured. */
export const measuredShares: readonly number[] = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95];

/**
 * Suggests values for the empty fields of an aid; those of a field are alternatives, the sure ones first, then by certainty. Reads the aid's
 * texts and, if a neighbourhood is given, what curators chose for similar aids. `except`: ids that do not count as neighbours, such as
 * the aid's own.
 */
export function suggestFor(
  content: AidContent,
  neighbourhood: Neighbourhood | null,
  except: ReadonlySet<string> = new Set(),
): Suggestion[] {
  const found = allSuggestions(content, neighbourhood, except);
  const kept = found.filter(({ field }) => isEmptyValue(content[field])).map((one) => ({ ...one, certainty: certaintyOf(one) }));
  return withoutWeaker(kept).sort((a, b) => Number(isSure(b)) - Number(isSure(a)) || b.certainty - a.certainty);
}

/** Returns what each rule reads for an aid, filled fields included. The bench compares it with the fields' values. */
export function allSuggestions(
  content: AidContent,
  neighbourhood: Neighbourhood | null,
  except: ReadonlySet<string> = new Set(),
): Suggested[] {
  const { passages, headings } = passagesOf(content);
  const fromText = [
    ...suggestContact(passages),
    ...suggestDates(passages),
    ...suggestMoney(passages),
    ...suggestLinks(content),
    ...suggestSections(content, headings),
    ...suggestTerms(content, passages),
  ];
  const fromNeighbours = suggestFromOthers(content, neighbourhood, except);
  return [...fromText, ...fromFields(content), ...fromNeighbours, ...agreeing(fromText, fromNeighbours)];
}

/** Number of labelled aids from which the figures of the bench, which has 473, apply. */
const minLabelled = 200;

function suggestFromOthers(content: AidContent, neighbourhood: Neighbourhood | null, except: ReadonlySet<string>): Suggested[] {
  // The labelled aids are French. In another language, a few common words would decide.
  const isFrench = content.language === null || content.language === "fr";
  if (neighbourhood === null || !isFrench) return [];
  const neighbours = neighbourhood.nearest(content, except);
  const voted = votedFields.flatMap((field) => suggestFromNeighbours(field, neighbours, measuredShares));
  // With fewer labelled aids the precision was not measured: such suggestions are below every measured strength.
  return neighbourhood.size >= minLabelled ? voted : voted.map((one) => ({ ...one, strength: 0 }));
}

/** Suggests that an aid with a deadline is a single call. */
function fromFields({ submissionDeadline }: AidContent): Suggested[] {
  if (submissionDeadline === null) return [];
  const evidence = [{ kind: "fields", from: ["submissionDeadline"] }] as const;
  return [{ field: "recurrence", rule: "dates", value: "oneoff", strength: 1, evidence }];
}

/** Of the suggestions of a rule for a field, keeps the longest sure one, and the longest one. */
function withoutWeaker(suggestions: readonly Suggestion[]): Suggestion[] {
  const best = new Map<string, Suggestion>();
  for (const one of suggestions) {
    const key = `${one.field} ${one.rule} ${isSure(one)}`;
    const known = best.get(key);
    if (known === undefined || one.strength < known.strength) best.set(key, one);
  }
  return [...best.values()];
}

function certaintyOf(suggested: Suggested): number {
  const figures = measuredRule(suggested);
  return figures === undefined || figures.n === 0 ? 0 : figures.right / figures.n;
}

/** Returns the terms of a suggestion. A single value is its own term. */
function termsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value : [String(value)];
}

/** Suggests the terms that both words and neighbours support: more often right than each alone. The strength is the neighbours'. */
function agreeing(fromText: readonly Suggested[], fromNeighbours: readonly Suggested[]): Suggested[] {
  return fromNeighbours
    .filter(({ rule }) => rule === "neighbours")
    .flatMap((near) => {
      const ofField = fromText.filter(({ field }) => field === near.field);
      const title = ofField.find(({ rule }) => rule.startsWith("title-"));
      const texts = ofField.find(({ rule }) => !rule.startsWith("title-")) ?? title;
      return [...both("neighbours-and-words", near, texts), ...both("neighbours-and-title", near, title)];
    });
}

function both(rule: Suggested["rule"], near: Suggested, words: Suggested | undefined): Suggested[] {
  const terms = words === undefined ? [] : termsOf(near.value).filter((term) => termsOf(words.value).includes(term));
  if (words === undefined || terms.length === 0) return [];
  const isTerm = (evidence: Suggested["evidence"][number]) => !("term" in evidence) || terms.includes(evidence.term ?? "");
  return [
    {
      field: near.field,
      rule,
      value: Array.isArray(near.value) ? terms : terms[0],
      strength: near.strength,
      evidence: [...words.evidence.filter(isTerm), ...near.evidence.filter(isTerm)],
    },
  ];
}
