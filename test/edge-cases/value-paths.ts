import type { Expression } from "../../src/kit/expressions/expression.ts";
import { isRecord } from "../../src/kit/expressions/field-path.ts";
import type { Rule } from "../../src/kit/field-rules.ts";
import { plainRulesOf } from "../../src/kit/rules/rule-paths.ts";
import type { Values } from "./own-feed.ts";

/** Returns the paths of a rule's values in order of lookup, without those of its conditions. */
export function valuePathsOf(rule: Rule): string[] {
  const paths = plainRulesOf(rule).flatMap((plain) => {
    if (plain.kind === "constant") return [];
    return plain.kind === "computed" ? [...plain.reads] : pathsIn(plain.of);
  });
  return [...new Set(paths)];
}

function pathsIn(expression: Expression): string[] {
  if (expression.kind === "field") return [expression.path];
  if (expression.kind === "literal") return [];
  if (expression.kind === "firstOf" || expression.kind === "join") return expression.of.flatMap(pathsIn);
  if (expression.kind === "each") return pathsIn(expression.of).map((path) => `${expression.path}.${path}`);
  return pathsIn(expression.of);
}

/** Returns the separator of a rule that splits a text into a list, or null. */
export function separatorOf(rule: Rule): string | null {
  for (const plain of plainRulesOf(rule)) {
    const separator = "of" in plain ? separatorIn(plain.of) : null;
    if (separator !== null) return separator;
  }
  return null;
}

function separatorIn(expression: Expression): string | null {
  if (expression.kind === "split") return expression.separator;
  if (expression.kind === "field" || expression.kind === "literal") return null;
  if (expression.kind !== "firstOf" && expression.kind !== "join") return separatorIn(expression.of);
  return expression.of.map(separatorIn).find((found) => found !== null) ?? null;
}

/** Returns the record key at the start of a path. A key that looks like a path (`Nom. court`) counts as a key. */
export function keyOf(path: string, records: readonly Values[]): string {
  return records.some((record) => Object.hasOwn(record, path)) ? path : (path.split(/\.|\[\]/)[0] ?? path);
}

/**
 * Returns the record with a value at the path where `valueAt` reads it, through `[]` too. If the record has a list there, a list of values
 * becomes its members.
 */
export function withValueAt(record: Values, path: string, value: unknown, records: readonly Values[]): Values {
  if (keyOf(path, records) === path) return { ...record, [path]: value };
  return under(record, path.split("."), value) as Values;
}

function under(at: unknown, steps: readonly string[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const key = step.replace("[]", "");
  const before = isRecord(at) ? at : {};
  if (key === "") return listOf(before, rest, value);
  const inside = before[key];
  if (rest.length === 0) return { ...before, [key]: step.endsWith("[]") ? [value].flat() : value };
  return { ...before, [key]: step.endsWith("[]") || Array.isArray(inside) ? listOf(inside, rest, value) : under(inside, rest, value) };
}

function listOf(before: unknown, rest: readonly string[], value: unknown): unknown[] {
  const [model] = [before].flat();
  return [value].flat().map((one) => under(model, rest, one));
}

/** Returns the record without the value at a path. If the path leads through a list, removes it from each member. */
export function withoutValueAt(record: Values, path: string, records: readonly Values[]): Values {
  return keyOf(path, records) === path ? withoutKey(record, path) : (withoutUnder(record, path.split(".")) as Values);
}

function withoutUnder(at: unknown, steps: readonly string[]): unknown {
  const [step = "", ...rest] = steps;
  const key = step.replace("[]", "");
  if (Array.isArray(at)) return at.map((member) => withoutUnder(member, steps));
  if (!isRecord(at) || !Object.hasOwn(at, key)) return at;
  return rest.length === 0 ? withoutKey(at, key) : { ...at, [key]: withoutUnder(at[key], rest) };
}

function withoutKey(record: Values, key: string): Values {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
