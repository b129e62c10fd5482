import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { readOneText } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** The publisher's identifier as a trimmed text. Leading zeros, case and entities stay. */
export const IdentifierRule = z.strictObject({ kind: z.literal("identifier"), of: Expression });
export type IdentifierRule = Readonly<z.output<typeof IdentifierRule>>;

/** Reads an identifier. `identifier("referenceAdministrative")`: " 00000003 " gives "00000003", 162 gives "162". */
export function identifier(input: ExpressionInput): IdentifierRule {
  return { kind: "identifier", of: toExpression(input) };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern matches control characters
const controls = /[\x00-\x1f\x7f]/g;

/** Returns the identifier, or null. Drops control characters and replaces unpaired surrogates, which PostgreSQL cannot store. */
export function readIdentifier(rule: IdentifierRule, context: RuleContext): string | null {
  const written = readOneText(rule.of, context);
  if (written === null) return null;
  const id = written
    .replace(controls, "")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .trim();
  return id === "" ? null : id;
}
