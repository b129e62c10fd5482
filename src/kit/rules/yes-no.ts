import { z } from "zod";
import { Expression, type ExpressionInput, toExpression } from "../expressions/expression.ts";
import { cleanLine, foldTerm } from "../values/text/clean-text.ts";
import { readOneText } from "../values/text/read-one-text.ts";
import type { RuleContext } from "./rule-context.ts";

/** Yes or no, in the usual French and English words and those of the rule. */
export const YesNoRule = z.strictObject({
  kind: z.literal("yesNo"),
  of: Expression,
  yes: z.array(z.string()).optional(),
  no: z.array(z.string()).optional(),
});
export type YesNoRule = Readonly<z.output<typeof YesNoRule>>;

/** Reads yes or no. `yesNo("AAP", { yes: ["1"] })`: "1" gives true, "peut-être" an issue. */
export function yesNo(input: ExpressionInput, words: { yes?: string[]; no?: string[] } = {}): YesNoRule {
  return { kind: "yesNo", of: toExpression(input), ...words };
}

const usualYes: readonly string[] = ["true", "oui", "o", "1", "vrai", "yes", "y"];
const usualNo: readonly string[] = ["false", "non", "n", "0", "faux", "no"];

/** Returns true, false, or null if empty. Reports `unreadable-yes-no` for other words. The rule's own words take precedence. */
export function readYesNo(rule: YesNoRule, context: RuleContext): boolean | null {
  const written = readOneText(rule.of, context);
  if (written === null) return null;
  const word = foldTerm(cleanLine(written));
  const isWord = (wanted: string) => foldTerm(wanted) === word;
  if (rule.yes?.some(isWord)) return true;
  if (rule.no?.some(isWord)) return false;
  if (usualYes.includes(word)) return true;
  if (usualNo.includes(word)) return false;
  context.report({ code: "unreadable-yes-no", value: written });
  return null;
}
