import type { Condition, Expression } from "./expression.ts";

/** Lists the paths that an expression reads. */
export function pathsOfExpression(expression: Expression): string[] {
  switch (expression.kind) {
    case "field":
      return [expression.path];
    case "literal":
      return [];
    case "firstOf":
    case "join":
      return expression.of.flatMap(pathsOfExpression);
    case "each":
      return [expression.path, ...pathsOfExpression(expression.of).map((path) => `${expression.path}.${path}`)];
    case "when":
      return [...pathsOfCondition(expression.condition), ...pathsOfExpression(expression.of)];
    default:
      return pathsOfExpression(expression.of);
  }
}

/** Returns true if an expression can give a text of the connector instead of one of the record. */
export function holdsLiteral(expression: Expression): boolean {
  if (expression.kind === "literal") return true;
  if (expression.kind === "field") return false;
  return Array.isArray(expression.of) ? expression.of.some(holdsLiteral) : holdsLiteral(expression.of as Expression);
}

/** Lists the paths that a condition reads. */
export function pathsOfCondition(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(pathsOfCondition);
  if ("any" in condition) return condition.any.flatMap(pathsOfCondition);
  if ("not" in condition) return pathsOfCondition(condition.not);
  return [condition.field];
}
