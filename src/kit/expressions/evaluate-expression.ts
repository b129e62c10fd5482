import { findPerimeterByCode } from "../../model/territories/perimeters.ts";
import type { RuleIssue } from "../rules/rule-context.ts";
import { cutSection } from "../values/html/cut-section.ts";
import { captured, maxCaptureLength } from "../values/text/capture-pattern.ts";
import { cleanLine, decodeEntities, foldTerm } from "../values/text/clean-text.ts";
import { isBlank } from "../values/text/is-blank.ts";
import { valueUnderLabel } from "../values/text/labelled-lines.ts";
import { readLooseJson } from "../values/text/read-loose-json.ts";
import { textOfValue } from "../values/text/text-of-value.ts";
import { comparable, holds } from "./evaluate-condition.ts";
import type { Expression, ExpressionOf } from "./expression.ts";
import { isRecord, valueAt } from "./field-path.ts";

export { isBlank } from "../values/text/is-blank.ts";

/** Input of an expression. Every `RuleContext` has these members. */
export interface ExpressionContext {
  readonly values: Readonly<Record<string, unknown>>;
  readonly placeholders?: ReadonlySet<string>;
  report?(issue: RuleIssue): void;
}

/** Returns the value of an expression for a record; null if empty. Never throws. Reports issues, such as unreadable JSON. */
export function evaluateExpression(expression: Expression, context: ExpressionContext): unknown {
  switch (expression.kind) {
    case "field":
      return valueAt(context.values, expression.path) ?? null;
    case "literal":
      return expression.value;
    case "firstOf":
      return firstFilled(expression.of, context);
    case "join": {
      const parts = expression.of.flatMap((member) => textsOf(evaluateExpression(member, context), context));
      return parts.length === 0 ? null : parts.join(expression.separator);
    }
    case "split":
      return textsOf(evaluateExpression(expression.of, context), context).flatMap((text) => splitText(text, expression.separator));
    case "section":
      return sectionOf(expression, context);
    case "capture": {
      const text = oneText(evaluateExpression(expression.of, context), context);
      return text === null || isTooLong(text, expression, context) ? null : captured(text, expression.pattern);
    }
    case "underLabel": {
      const texts = textsOf(evaluateExpression(expression.of, context), context);
      return texts.length === 0 ? null : valueUnderLabel(texts.join("\n"), expression.labels);
    }
    case "labelled": {
      const text = oneText(evaluateExpression(expression.of, context), context);
      return text === null ? null : expression.label + text;
    }
    case "when":
      return holds(expression.condition, context.values) ? evaluateExpression(expression.of, context) : null;
    case "json":
      return insideJson(expression, context);
    case "placeNames":
      return textsOf(evaluateExpression(expression.of, context), context).flatMap(
        (code) => findPerimeterByCode(code, [expression.scale])?.perimeter.name ?? [],
      );
    case "each": {
      const list = valueAt(context.values, expression.path);
      const members = Array.isArray(list) ? list : [list];
      return members.flatMap((values) =>
        isRecord(values) ? textsOf(evaluateExpression(expression.of, { ...context, values }), context) : [],
      );
    }
    case "slug": {
      const text = oneText(evaluateExpression(expression.of, context), context);
      return text === null ? null : slugOf(text);
    }
  }
}

function firstFilled(members: readonly Expression[], context: ExpressionContext): unknown {
  for (const member of members) {
    const value = evaluateExpression(member, context);
    if (!isBlank(value, context.placeholders)) return value;
  }
  return null;
}

/** Returns the non-empty texts in a value, with nested lists flattened. */
function textsOf(value: unknown, context: ExpressionContext): string[] {
  if (Array.isArray(value)) return value.flat(8).flatMap((member) => (Array.isArray(member) ? [] : textsOf(member, context)));
  if (isBlank(value, context.placeholders)) return [];
  const text = textOfValue(value);
  if (text !== null) return [text];
  context.report?.({ code: "unexpected-value", value });
  return [];
}

/** Returns a value as one text, list members joined by commas; null if empty. */
function oneText(value: unknown, context: ExpressionContext): string | null {
  const texts = textsOf(value, context);
  return texts.length === 0 ? null : texts.join(", ");
}

function isTooLong(text: string, { pattern }: ExpressionOf<"capture">, context: ExpressionContext): boolean {
  const { length } = text;
  const limit = maxCaptureLength(pattern);
  if (length > limit) context.report?.({ code: "text-too-long", value: text, params: { length, limit } });
  return length > limit;
}

function splitText(text: string, separator: string): string[] {
  return decodeEntities(text)
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function sectionOf(expression: ExpressionOf<"section">, context: ExpressionContext): string | null {
  const text = oneText(evaluateExpression(expression.of, context), context);
  if (text === null) return null;
  const section = cutSection(text, expression);
  for (const heading of section.missing) context.report?.({ code: "section-not-found", value: heading, params: { heading } });
  return isBlank(section.text) ? null : section.text;
}

function insideJson(expression: ExpressionOf<"json">, context: ExpressionContext): unknown {
  const cell = evaluateExpression(expression.of, context);
  if (isBlank(cell, context.placeholders)) return null;
  const parsed = typeof cell === "string" ? parsedJson(cell, context) : cell;
  if (parsed === null) return null;
  const { path = "", where } = expression;
  if (where === undefined) return path === "" ? parsed : (valueAt(parsed, path) ?? null);
  // `where` filters the first list on the path.
  const list = path.indexOf("[]");
  const toList = list < 0 ? path : path.slice(0, list);
  const members = toList === "" ? parsed : valueAt(parsed, toList);
  const selected = (Array.isArray(members) ? members : [members]).filter((member) => isRecord(member) && matches(member, where));
  const rest = list < 0 ? "" : path.slice(list + 2).replace(/^\./, "");
  return rest === "" ? selected : (valueAt(selected, `[].${rest}`) ?? null);
}

function parsedJson(cell: string, context: ExpressionContext): unknown {
  const parsed = readLooseJson(cell);
  if (parsed === undefined) context.report?.({ code: "unreadable-json", value: cell });
  return parsed ?? null;
}

function matches(member: Readonly<Record<string, unknown>>, where: { readonly key: string; readonly isOneOf: readonly string[] }): boolean {
  const value = valueAt(member, where.key);
  const texts = (Array.isArray(value) ? value : [value]).map((one) => textOfValue(one)).filter((text) => text !== null);
  return texts.some((text) => where.isOneOf.some((wanted) => comparable(text) === foldTerm(wanted)));
}

/** Converts "Prime à la conversion" to "prime-a-la-conversion". Returns null without letters or digits. */
function slugOf(text: string): string | null {
  const slug = foldTerm(cleanLine(text))
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return slug === "" ? null : slug;
}
