import { z } from "zod";
import { slugsOf, type VocabularyName, vocabularyNames } from "../../model/vocabularies.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { foldTerm } from "../values/text/clean-text.ts";
import { labelsOf } from "../values/text/read-labels.ts";
import type { RuleContext } from "./rule-context.ts";

/** The publisher's words, mapped to a vocabulary by the connector's term file, the shared term file, or our labels and slugs. */
export interface TermsRule<V extends VocabularyName = VocabularyName> {
  readonly kind: "terms";
  readonly of: Expression;
  readonly vocabulary: V;
}
export const TermsRule = z.strictObject({
  kind: z.literal("terms"),
  of: Expression,
  vocabulary: z.enum(vocabularyNames as [VocabularyName, ...VocabularyName[]]),
});

/** Reads terms. `terms(split("beneficiaires", ","), "targetedAudiences")`: "Communes, Associations" gives commune and association. */
export function terms<V extends VocabularyName>(input: ExpressionInput, vocabulary: V): TermsRule<V> {
  return { kind: "terms", of: toExpression(input), vocabulary };
}

/** Vocabularies of fields with a single term. */
export const oneTermVocabularies: ReadonlySet<VocabularyName> = new Set(["recurrence", "europeanAid", "importShareLicence"]);

/** Returns slugs in the order of the vocabulary without duplicates. Reports `unmapped-term` once per term. */
export function readTerms(rule: TermsRule, context: RuleContext): string[] {
  const found = new Set<string>();
  const unmapped = new Set<string>();
  for (const label of labelsOf(rule.of, rule.vocabulary, context)) {
    const targets = context.terms.targetsOf(rule.vocabulary, label);
    if (targets !== undefined) for (const target of targets) found.add(target);
    else if (!unmapped.has(foldTerm(label))) {
      unmapped.add(foldTerm(label));
      context.report({ code: "unmapped-term", value: label, params: { vocabulary: rule.vocabulary } });
    }
  }
  return found.size === 0 ? [] : slugsOf(rule.vocabulary).filter((slug) => found.has(slug));
}

/** Returns the slug of a field with a single term, or null. Reports `unexpected-value` if the record has several terms. */
export function readOneTerm(rule: TermsRule, context: RuleContext): string | null {
  const [slug, another] = readTerms(rule, context);
  if (slug === undefined) return null;
  if (another === undefined) return slug;
  context.report({ code: "unexpected-value", value: labelsOf(rule.of, rule.vocabulary, context) });
  return null;
}
