import { z } from "zod";
import { type Slug, slugsOf, type VocabularyName, vocabularyNames } from "../../model/vocabularies.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { cleanLine, foldTerm } from "../values/text/clean-text.ts";
import { labelsOf } from "../values/text/read-labels.ts";
import { termsNamedIn, wordedVocabularies } from "../values/text/terms-named-in.ts";
import type { RuleContext } from "./rule-context.ts";
import { valuesOf } from "./rule-values.ts";

/**
 * The publisher's words, mapped to a vocabulary by the connector's term file, the shared term file, our labels and slugs, or the words of
 * the feed's format.
 */
export interface TermsRule<V extends VocabularyName = VocabularyName> {
  readonly kind: "terms";
  readonly of: Expression;
  readonly vocabulary: V;
  /** Our terms for words that the format of the feed defines. */
  readonly words?: Readonly<Record<string, readonly string[]>> | undefined;
}
export const TermsRule = z.strictObject({
  kind: z.literal("terms"),
  of: Expression,
  vocabulary: z.enum(vocabularyNames as [VocabularyName, ...VocabularyName[]]),
  words: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)).optional(),
});

/** Reads terms. `terms(split("beneficiaires", ","), "targetedAudiences")`: "Communes, Associations" gives commune and association. */
export function terms<V extends VocabularyName>(
  input: ExpressionInput,
  vocabulary: V,
  options: { words?: Readonly<Record<string, readonly Slug<V>[]>> } = {},
): TermsRule<V> {
  return { kind: "terms", of: toExpression(input), vocabulary, ...options };
}

/** Vocabularies of fields with a single term. */
export const oneTermVocabularies: ReadonlySet<VocabularyName> = new Set(["recurrence", "europeanAid", "importShareLicence"]);

/** Returns slugs in the order of the vocabulary without duplicates. Reports `unmapped-term` once per term. */
export function readTerms(rule: TermsRule, context: RuleContext): string[] {
  const found = new Set<string>();
  const unmapped = new Set<string>();
  for (const label of labelsOf(rule.of, rule.vocabulary, context)) {
    const targets = context.terms.targetsOf(rule.vocabulary, label) ?? meaningOf(label, rule.words);
    if (targets !== undefined) for (const target of targets) found.add(target);
    else if (!unmapped.has(foldTerm(label))) {
      unmapped.add(foldTerm(label));
      context.report({ code: "unmapped-term", value: label, params: { vocabulary: rule.vocabulary } });
    }
  }
  return found.size === 0 ? [] : slugsOf(rule.vocabulary).filter((slug) => found.has(slug));
}

function meaningOf(label: string, words: TermsRule["words"] = {}): readonly string[] | undefined {
  return Object.entries(words).find(([word]) => foldTerm(word) === foldTerm(label))?.[1];
}

/** Returns the slug of a field with a single term, or null. Reports `unexpected-value` if the record has several terms. */
export function readOneTerm(rule: TermsRule, context: RuleContext): string | null {
  const [slug, another] = readTerms(rule, context);
  if (slug === undefined) return null;
  if (another === undefined) return slug;
  context.report({ code: "unexpected-value", value: labelsOf(rule.of, rule.vocabulary, context) });
  return null;
}

type Worded = (typeof wordedVocabularies)[number];

/** Terms that a text names in its own words. It reads texts of a publisher that has no column for a vocabulary. */
export interface NamedTermsRule<V extends Worded = Worded> {
  readonly kind: "namedTerms";
  readonly of: Expression;
  readonly vocabulary: V;
  /** Terms of a text that names none. */
  readonly otherwise?: readonly string[] | undefined;
}
export const NamedTermsRule = z.strictObject({
  kind: z.literal("namedTerms"),
  of: Expression,
  vocabulary: z.enum(wordedVocabularies),
  otherwise: z.array(z.string().min(1)).min(1).optional(),
});

/** Finds terms in a text. `namedTerms("titre", "categories")`: "Rénovation des bibliothèques" gives livres. */
export function namedTerms<V extends Worded>(
  input: ExpressionInput,
  vocabulary: V,
  options: { otherwise?: string[] } = {},
): NamedTermsRule<V> {
  return { kind: "namedTerms", of: toExpression(input), vocabulary, ...options };
}

/** Returns the named terms in the order of the vocabulary. Reports no issues: most texts name none. */
export function readNamedTerms({ of, vocabulary, otherwise = [] }: NamedTermsRule, context: RuleContext): readonly string[] {
  const texts = valuesOf(of, context).map((text) => foldTerm(cleanLine(text)));
  const found = new Set(texts.flatMap((text) => termsNamedIn(vocabulary, text)));
  return found.size === 0 ? otherwise : slugsOf(vocabulary).filter((slug) => found.has(slug));
}
