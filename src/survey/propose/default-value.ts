import type { Condition } from "../../kit/expressions/expression.ts";
import type { ChooseRule, Rule } from "../../kit/field-rules.ts";
import type { ConstantRule } from "../../kit/rules/constant.ts";
import { pathsOfRule } from "../../kit/rules/rule-paths.ts";
import type { NamedTermsRule } from "../../kit/rules/terms.ts";

/** Returns a rule that uses `value` for records in which every path of `rule` is empty. Without a rule: `value` for all records. */
export function withDefaultValue(rule: Rule | undefined, value: ConstantRule | NamedTermsRule): Rule {
  if (rule === undefined || rule.kind === "constant") return value;
  if (rule.kind === "namedTerms") return value.kind === "namedTerms" ? value : { ...rule, otherwise: value.value as readonly string[] };
  if (rule.kind === "choose" && (rule.otherwise === undefined || rule.otherwise.kind === "constant")) return { ...rule, otherwise: value };
  const filled = [...new Set(pathsOfRule(rule))].map((field): Condition => ({ field, isFilled: true }));
  const [first] = filled;
  if (first === undefined) return rule;
  return {
    kind: "choose",
    cases: [{ when: filled.length === 1 ? first : { any: filled }, use: rule }],
    otherwise: value,
  } satisfies ChooseRule<Rule>;
}
