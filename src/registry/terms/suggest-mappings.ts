import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { populationThreshold } from "../../kit/values/text/population-threshold.ts";
import { readAudiences } from "../../kit/values/text/read-audiences.ts";
import { groupedBy } from "../../model/collect.ts";
import { labelOf, type Term, type VocabularyName, vocabularies } from "../../model/vocabularies.ts";
import type { DecidedTerm } from "./read-decided-terms.ts";
import synonymList from "./synonyms.json" with { type: "json" };

/** A reason to suggest one of our terms. `weight`, 0 to 1: certainty that the reason gives alone. */
export type Evidence = { readonly weight: number } & (
  | { readonly code: "same-words"; readonly connectors: readonly string[] }
  | { readonly code: "synonym"; readonly word: string }
  | { readonly code: "label"; readonly label: string; readonly shared: readonly string[] }
  | { readonly code: "like-another"; readonly connector: string; readonly term: string; readonly shared: readonly string[] }
  /** `share`: share of the aids with the publisher's term whose text mentions ours. `usual`: the same among the connector's other aids. */
  | { readonly code: "aids-speak-of-it"; readonly share: number; readonly usual: number; readonly aids: number }
);

/** A suggestion for a publisher's term. Null `slug`: other connectors ignore the term. */
export interface TermSuggestion {
  readonly slug: string | null;
  /** 0 to 1. */
  readonly certainty: number;
  readonly evidence: readonly Evidence[];
}

/** Texts of a connector's aids with and without a term. */
export interface AidTexts {
  readonly withTerm: readonly string[];
  readonly others: readonly string[];
}

/** Publishers' words for our terms. An entry of several words matches if the publisher's term contains all of them. */
const synonyms: { readonly [V in VocabularyName]?: { readonly [slug: string]: readonly string[] } } = synonymList;
const maxSuggestions = 5;
const threshold = new RegExp(populationThreshold, "g");
/** Weight of audiences that are read as a phrase: "communes et syndicats mixtes". */
const phraseWeight = 0.8;
/** Suggestions below this certainty are dropped. */
const minCertainty = 0.3;

/**
 * Suggests at most five of our terms for a publisher's term, most certain first. Evidence comes from decisions about the same term
 * elsewhere, synonyms, words in common with our labels and with other publishers' terms, and the texts of aids with the term.
 */
export function suggestMappings(
  vocabulary: VocabularyName,
  term: string,
  known: readonly DecidedTerm[],
  texts?: AidTexts,
): readonly TermSuggestion[] {
  const found = new Map<string | null, Evidence[]>();
  const add = (slug: string | null, evidence: Evidence) => found.set(slug, [...(found.get(slug) ?? []), evidence]);
  const ofVocabulary = decisionsOn(vocabulary, known);

  for (const [slug, evidence] of sameWords(ofVocabulary.get(foldTerm(term)) ?? [])) add(slug, evidence);
  const phrase = vocabulary === "targetedAudiences" ? readAudiences(foldTerm(term), () => undefined) : undefined;
  if (phrase !== undefined) for (const slug of phrase.audiences) add(slug, { code: "synonym", word: term, weight: phraseWeight });
  else addByWords(add, vocabulary, term, ofVocabulary, texts);

  return [...found]
    .map(([slug, evidence]) => ({ slug, certainty: together(evidence), evidence }))
    .filter(({ certainty }) => certainty >= minCertainty)
    .sort((a, b) => b.certainty - a.certainty || nameOf(vocabulary, a).localeCompare(nameOf(vocabulary, b), "fr"))
    .slice(0, maxSuggestions);
}

/** Adds evidence from the words of a term. */
function addByWords(
  add: (slug: string | null, evidence: Evidence) => void,
  vocabulary: VocabularyName,
  term: string,
  ofVocabulary: Decisions,
  texts: AidTexts | undefined,
): void {
  // "communes de moins de 2 000 habitants" are not the inhabitants.
  const words = wordsOf(vocabulary === "targetedAudiences" ? foldTerm(term).replace(threshold, "") : term);
  const aidWords = texts === undefined ? null : { withTerm: texts.withTerm.map(wordsOf), others: texts.others.map(wordsOf) };
  for (const { slug, label, otherLabels = [] } of vocabularies[vocabulary] as readonly Term[]) {
    const labelled = strongest([label, ...otherLabels].map((spelling) => likeLabel(words, spelling)));
    if (labelled !== null) add(slug, labelled);
    const meant = strongest(synonymsOf(vocabulary, slug).map((word) => likeSynonym(words, word)));
    if (meant !== null) add(slug, meant);
    const subject = aidWords === null ? null : mentionEvidence([label, ...synonymsOf(vocabulary, slug)], aidWords);
    if (subject !== null) add(slug, subject);
  }
  for (const [slug, evidence] of likeOthers(term, words, ofVocabulary)) add(slug, evidence);
}

function nameOf(vocabulary: VocabularyName, { slug }: TermSuggestion): string {
  return slug === null ? "" : labelOf(vocabulary, slug);
}

/** Returns the certainty that several reasons give together. A reason that rests on words already counted adds nothing. */
function together(evidence: readonly Evidence[]): number {
  const counted: string[] = [];
  const independent = evidence
    .toSorted((one, other) => other.weight - one.weight)
    .filter((reason) => {
      const words = wordsBehind(reason);
      const isNew = words === null || words.some((word) => !counted.some((other) => areForms(word, other)));
      counted.push(...(words ?? []));
      return isNew;
    });
  const doubt = independent.reduce((left, { weight }) => left * (1 - weight), 1);
  return Math.round((1 - doubt) * 100) / 100;
}

/** Returns the words of a term that a reason rests on, or null if it rests on something else. */
function wordsBehind(reason: Evidence): readonly string[] | null {
  if (reason.code === "synonym") return wordsOf(reason.word);
  return reason.code === "label" || reason.code === "like-another" ? reason.shared : null;
}

function strongest(signs: readonly (Evidence | null)[]): Evidence | null {
  return signs.reduce((best, sign) => (sign !== null && (best === null || sign.weight > best.weight) ? sign : best), null);
}

type Decisions = ReadonlyMap<string, readonly DecidedTerm[]>;

/** Cache, because hundreds of terms are compared with the same tens of thousands of decisions. */
const sorted = new WeakMap<readonly DecidedTerm[], ReadonlyMap<VocabularyName, Decisions>>();

function decisionsOn(vocabulary: VocabularyName, known: readonly DecidedTerm[]): Decisions {
  const byVocabulary = sorted.get(known) ?? sortDecisions(known);
  sorted.set(known, byVocabulary);
  return byVocabulary.get(vocabulary) ?? new Map();
}

function sortDecisions(known: readonly DecidedTerm[]): ReadonlyMap<VocabularyName, Decisions> {
  const byVocabulary = groupedBy(known, ({ vocabulary }) => vocabulary);
  return new Map([...byVocabulary].map(([vocabulary, decisions]) => [vocabulary, groupedBy(decisions, ({ term }) => foldTerm(term))]));
}

/** Returns evidence from decisions about the same term, weighted by the number of connectors. */
function sameWords(same: readonly DecidedTerm[]): [string | null, Evidence][] {
  const deciders = new Set(same.map(({ connector }) => connector)).size;
  const bySlug = new Map<string | null, Set<string>>();
  for (const { connector, targets } of same)
    for (const slug of targets.length === 0 ? [null] : targets) bySlug.set(slug, (bySlug.get(slug) ?? new Set()).add(connector));
  return [...bySlug].map(([slug, connectors]) => [
    slug,
    { code: "same-words", connectors: [...connectors], weight: 0.95 * (connectors.size / deciders) },
  ]);
}

/** Returns the common words and their share of all words. */
function overlap(words: readonly string[], others: readonly string[]): { readonly shared: readonly string[]; readonly share: number } {
  const shared = words.filter((word) => others.some((other) => areForms(word, other)));
  const all = words.length + others.length - shared.length;
  return { shared, share: all === 0 ? 0 : shared.length / all };
}

function likeLabel(words: readonly string[], label: string): Evidence | null {
  const ofLabel = wordsOf(label);
  const { shared, share } = overlap(words, ofLabel);
  if (shared.length === 0) return null;
  // Counts more if the label contains all of the publisher's words, and if its first word is among them.
  const covered = shared.length / words.length;
  const hasFirst = shared.some((word) => areForms(word, ofLabel[0] ?? ""));
  return { code: "label", label, shared, weight: round(0.35 * covered + 0.3 * share + (hasFirst ? 0.15 : 0)) };
}

function likeSynonym(words: readonly string[], synonym: string): Evidence | null {
  const ofSynonym = wordsOf(synonym);
  const isContained = ofSynonym.length > 0 && ofSynonym.every((word) => words.some((other) => areForms(word, other)));
  if (!isContained) return null;
  return { code: "synonym", word: synonym, weight: round(0.45 + 0.35 * (ofSynonym.length / words.length)) };
}

function likeOthers(term: string, words: readonly string[], known: Decisions): [string, Evidence][] {
  const own = foldTerm(term);
  const best = new Map<string, Evidence>();
  for (const [folded, decisions] of known) {
    if (folded === own) continue;
    const { shared, share } = overlap(words, wordsOf(folded));
    const weight = round(0.6 * share);
    if (weight < 0.2) continue;
    for (const { connector, term: other, targets } of decisions) {
      for (const slug of targets) {
        if ((best.get(slug)?.weight ?? 0) < weight) best.set(slug, { code: "like-another", connector, term: other, shared, weight });
      }
    }
  }
  return [...best];
}

const minAids = 3;

type AidWords = { readonly [group in keyof AidTexts]: readonly (readonly string[])[] };

/** Returns evidence if aids with the term mention ours more often than other aids do. */
function mentionEvidence(spellings: readonly string[], { withTerm, others }: AidWords): Evidence | null {
  if (withTerm.length < minAids) return null;
  const patterns = spellings.map(wordsOf).filter((words) => words.length > 0);
  const share = shareMentioning(withTerm, patterns);
  const usual = shareMentioning(others, patterns);
  const weight = round(0.5 * Math.max(0, share - usual));
  return weight < 0.15 ? null : { code: "aids-speak-of-it", share, usual, aids: withTerm.length, weight };
}

function shareMentioning(texts: readonly (readonly string[])[], patterns: readonly (readonly string[])[]): number {
  if (texts.length === 0) return 0;
  const mentioning = texts.filter((words) =>
    patterns.some((pattern) => pattern.every((word) => words.some((other) => areForms(word, other)))),
  );
  return round(mentioning.length / texts.length);
}

function synonymsOf(vocabulary: VocabularyName, slug: string): readonly string[] {
  return synonyms[vocabulary]?.[slug] ?? [];
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}

/** Words that say nothing about the meaning of a term. */
const emptyWords = new Set(
  "a au aux avec autre autres aide aides d dans de des dispositif du en et l la le les leur leurs ou par pour programme projet projets sur the of and for to in un une".split(
    " ",
  ),
);

/** Cache, because thousands of terms are compared with the same labels and synonyms. */
const cache = new Map<string, readonly string[]>();
const maxCached = 20_000;
const maxCachedLength = 120;

/** Returns the meaningful words of a term, folded, singular, without duplicates: "Les zones d'activités" gives zone, activite. */
export function wordsOf(term: string): readonly string[] {
  if (term.length > maxCachedLength) return readWords(term);
  const known = cache.get(term);
  if (known !== undefined) return known;
  const words = readWords(term);
  if (cache.size >= maxCached) cache.clear();
  cache.set(term, words);
  return words;
}

function readWords(term: string): readonly string[] {
  const words = foldTerm(term).split(/[^a-z0-9]+/);
  return [...new Set(words.filter((word) => word !== "" && !emptyWords.has(word)).map(singular))];
}

/** Returns true for forms of one word. Most of the longer word must be the same: "energie" and "energetique" do not match. */
export function areForms(one: string, other: string): boolean {
  if (one === other) return true;
  const longest = Math.max(one.length, other.length);
  const needed = Math.max(5, Math.ceil(longest * 0.65));
  return one.length >= needed && one.slice(0, needed) === other.slice(0, needed);
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith("aux")) return `${word.slice(0, -3)}al`;
  return word.length > 3 && /[sx]$/.test(word) && !word.endsWith("ss") ? word.slice(0, -1) : word;
}
