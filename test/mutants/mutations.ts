import ts from "typescript";

/** A change of one place of a source file. */
export interface Mutation {
  /** From 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** The text between `start` and `end`, and the text that replaces it. */
  readonly before: string;
  readonly after: string;
}

const operators = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
  [ts.SyntaxKind.QuestionQuestionToken, "&&"],
  [ts.SyntaxKind.PlusToken, "-"],
  [ts.SyntaxKind.MinusToken, "+"],
  [ts.SyntaxKind.AsteriskToken, "/"],
  [ts.SyntaxKind.SlashToken, "*"],
]);

/** Methods whose call can be left out: the result has the same type. */
const droppedCalls = new Set(["filter", "sort", "toSorted", "slice", "trim", "toLowerCase", "reverse", "toReversed", "normalize"]);

/** Returns the possible changes of a source file by kind. Types, imports, markup attributes and the texts of people's pages stay. */
export function mutationsOf(fileName: string, text: string): ReadonlyMap<string, readonly Mutation[]> {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ES2023, true);
  const found = new Map<string, Mutation[]>();
  const add = (kind: string, node: ts.Node, after: string, [start, end] = [node.getStart(source), node.end]) => {
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.set(kind, [...(found.get(kind) ?? []), { line, start, end, before: text.slice(start, end), after }]);
  };
  const visit = (node: ts.Node): void => {
    if (isUnchanged(node)) return;
    if (ts.isBinaryExpression(node)) {
      const after = operators.get(node.operatorToken.kind);
      if (after !== undefined) add("operator", node.operatorToken, after);
    }
    if (ts.isIfStatement(node)) add("condition", node.expression, `!(${node.expression.getText(source)})`);
    if (ts.isConditionalExpression(node)) add("condition", node.condition, `!(${node.condition.getText(source)})`);
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
      add("negation", node, node.operand.getText(source));
    if (ts.isExpressionStatement(node)) add("statement", node, ";");
    if (node.kind === ts.SyntaxKind.TrueKeyword) add("constant", node, "false");
    if (node.kind === ts.SyntaxKind.FalseKeyword) add("constant", node, "true");
    if (ts.isNumericLiteral(node)) add("constant", node, String(Number(node.text.replaceAll("_", "")) + 1));
    if (ts.isStringLiteral(node) && node.text !== "" && !isName(node)) add("string", node, '""');
    if (ts.isReturnStatement(node) && node.expression !== undefined) addEmptyReturn(node.expression, add);
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && droppedCalls.has(node.expression.name.text))
      add("call", node, "", [node.expression.expression.end, node.end]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Returns the source with a change. */
export function mutated(text: string, { start, end, after }: Mutation): string {
  return text.slice(0, start) + after + text.slice(end);
}

function addEmptyReturn(value: ts.Expression, add: (kind: string, node: ts.Node, after: string) => void): void {
  if (ts.isTemplateExpression(value)) add("return", value, '""');
  else if (ts.isArrayLiteralExpression(value) && value.elements.length > 0) add("return", value, "[]");
  else if (!ts.isLiteralExpression(value) && !ts.isObjectLiteralExpression(value) && value.kind !== ts.SyntaxKind.NullKeyword)
    add("return", value, "null");
}

function isUnchanged(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isJsxAttribute(node)
  );
}

/** Returns true for the names of properties, members and modules. */
function isName(node: ts.StringLiteral): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ts.isElementAccessExpression(parent) ||
    (ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword)
  );
}
