import { z } from "zod";
import { type VocabularyName, vocabularyNames } from "../../aid/vocabularies.ts";
import { Expression, type ExpressionInput, toExpression } from "../expression.ts";

/** The publisher's words as terms of a vocabulary: by the connector's term file, then the shared one, then our own labels and slugs. */
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

/** `terms(split("beneficiaires", ","), "targetedAudiences")`: "Communes, Associations" gives commune and association. */
export function terms<V extends VocabularyName>(input: ExpressionInput, vocabulary: V): TermsRule<V> {
  return { kind: "terms", of: toExpression(input), vocabulary };
}
