import { z } from "zod";
import { slugsOf } from "../../model/vocabularies.ts";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { cleanLine, foldTerm } from "../values/text/clean-text.ts";
import { termsNamedIn, wordedVocabularies } from "../values/text/terms-named-in.ts";
import type { RuleContext } from "./rule-context.ts";
import { valuesOf } from "./rule-values.ts";

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
