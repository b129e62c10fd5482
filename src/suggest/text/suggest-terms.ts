import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { populationBounds, populationThreshold } from "../../kit/values/text/population-threshold.ts";
import { audienceWords } from "../../kit/values/text/term-words.ts";
import { termPatterns } from "../../kit/values/text/terms-named-in.ts";
import type { AidContent, AidField } from "../../model/aid/aid.ts";
import { canonicalValue } from "../../model/aid/canonical-value.ts";
import type { AudienceCondition, SentenceEvidence, SuggestionRule } from "../../model/aid/suggestion.ts";
import type { Suggested } from "../suggested.ts";
import type { Passage } from "./passages.ts";

/** Fields whose terms are read in titles and in sentences, and the rules that suggest them. */
const inTitle = [
  ["categories", "title-categories"],
  ["aidTypes", "title-types"],
  ["mobilizationSteps", "title-steps"],
  ["destinations", "title-destinations"],
] as const;
const inSentences = [
  ["aidTypes", "sentence-types"],
  ["mobilizationSteps", "sentence-steps"],
  ["destinations", "sentence-destinations"],
] as const;
const audiencePatterns = Object.entries(audienceWords).map(([term, words]) => [term, new RegExp(`\\b(?:${words})`)] as const);

/** Headings and words of a sentence about applicants. */
const applicantHeading = /beneficiaire|eligib|qui peut|pour qui|public|porteurs? de projet|candidats?/;
const applicantWords =
  /beneficiaires?|eligibles? |s'adresse|destine|ouvert(?:e|es|s)? aux|peuvent (?:beneficier|candidater|deposer|pretendre)|a destination d|en faveur d/;
const notForThem = /\b(?:exclu|ne sont pas|n'est pas|sauf|hors |a l'exception)/;
const inhabitants = new RegExp(`(communes?|epci|intercommunalites?|communautes? [^.,;]{0,30}?)[^.;]{0,40}?${populationThreshold}`);

/** Suggests terms whose words are in the title or in a sentence, each with its sentence. */
export function suggestTerms(content: AidContent, passages: readonly Passage[]): Suggested[] {
  const title: Passage = { from: "name", text: content.name, folded: foldTerm(content.name), heading: null };
  return [
    ...inTitle.flatMap(([field, rule]) => suggestedBy(field, rule, termPatterns[field], [title])),
    ...inSentences.flatMap(([field, rule]) => suggestedBy(field, rule, termPatterns[field], [title, ...passages])),
    ...suggestAudiences(passages),
  ];
}

function suggestedBy(
  field: AidField,
  rule: SuggestionRule,
  terms: readonly (readonly [string, RegExp])[],
  passages: readonly Passage[],
): Suggested[] {
  const evidence = terms.flatMap(([term, words]): (SentenceEvidence & { readonly term: string })[] => {
    const passage = passages.find(({ folded }) => words.test(folded));
    return passage === undefined ? [] : [{ kind: "sentence", from: passage.from, text: passage.text, term }];
  });
  if (evidence.length === 0) return [];
  const value = canonicalValue(
    field,
    evidence.map(({ term }) => term),
  );
  return [{ field, rule, value, strength: 1, evidence }];
}

function suggestAudiences(passages: readonly Passage[]): Suggested[] {
  const telling = passages.filter(
    ({ folded, heading }) => (applicantHeading.test(heading ?? "") || applicantWords.test(folded)) && !notForThem.test(folded),
  );
  const conditions = telling.flatMap(conditionOf);
  return suggestedBy("targetedAudiences", "sentence-audiences", audiencePatterns, telling).map((one) =>
    conditions.length === 0 ? one : { ...one, conditions },
  );
}

/** Reads a threshold of inhabitants. */
function conditionOf({ folded, text }: Passage): AudienceCondition[] {
  const [found, who = "", ...bounds] = inhabitants.exec(folded) ?? [];
  if (found === undefined) return [];
  return [{ audience: who.startsWith("commune") ? "commune" : "epci", ...populationBounds(bounds), sentence: text }];
}
