import type { OwnField } from "../../model/survey/own-field.ts";
import type { Condition, Expression } from "../expressions/expression.ts";
import { pathsOfCondition, pathsOfExpression } from "../expressions/expression-paths.ts";
import type { Rule } from "../field-rules.ts";

/** Lists the paths that a rule reads, including its conditions. */
export function pathsOfRule(rule: Rule): string[] {
  if (rule.kind === "constant") return [];
  if (rule.kind === "computed") return [...rule.reads];
  if (rule.kind !== "choose") return pathsOfExpression(rule.of);
  const ofCases = rule.cases.flatMap(({ when, use }) => [...pathsOfCondition(when), ...pathsOfRule(use)]);
  return rule.otherwise === undefined ? ofCases : [...ofCases, ...pathsOfRule(rule.otherwise)];
}

/** Lists the paths whose whole values a rule compares with given ones: they decide, and need not be in the aid. */
export function comparedPathsOfRule(rule: Rule): string[] {
  if (rule.kind === "constant" || rule.kind === "computed") return [];
  if (rule.kind !== "choose") return comparedPathsOfExpression(rule.of);
  const ofCases = rule.cases.flatMap(({ when, use }) => [...comparedPaths(when), ...comparedPathsOfRule(use)]);
  return rule.otherwise === undefined ? ofCases : [...ofCases, ...comparedPathsOfRule(rule.otherwise)];
}

function comparedPathsOfExpression(expression: Expression): string[] {
  switch (expression.kind) {
    case "field":
    case "literal":
      return [];
    case "firstOf":
    case "join":
      return expression.of.flatMap(comparedPathsOfExpression);
    case "each":
      return comparedPathsOfExpression(expression.of).map((path) => `${expression.path}.${path}`);
    case "when":
      return [...comparedPaths(expression.condition), ...comparedPathsOfExpression(expression.of)];
    case "json": {
      const { of, where } = expression;
      const compared = where === undefined ? [] : pathsOfExpression(of).map((path) => `${path}.${where.key}`);
      return [...compared, ...comparedPathsOfExpression(of)];
    }
    default:
      return comparedPathsOfExpression(expression.of);
  }
}

/** Lists the paths whose whole values a condition compares with given ones. */
export function comparedPaths(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(comparedPaths);
  if ("any" in condition) return condition.any.flatMap(comparedPaths);
  if ("not" in condition) return comparedPaths(condition.not);
  return "isOneOf" in condition ? [condition.field] : [];
}

/** Returns the rules of a connector with their fields. */
export function rulesOf({ fields }: { readonly fields: object }): [OwnField, Rule][] {
  return Object.entries(fields).filter(([, rule]) => rule !== undefined) as [OwnField, Rule][];
}

/** Returns the rules of all cases of a choice, or the rule itself if it is no choice. */
export function plainRulesOf(rule: Rule): Exclude<Rule, { kind: "choose" }>[] {
  if (rule.kind !== "choose") return [rule];
  const uses = rule.cases.map(({ use }) => use);
  return (rule.otherwise === undefined ? uses : [...uses, rule.otherwise]).flatMap(plainRulesOf);
}
