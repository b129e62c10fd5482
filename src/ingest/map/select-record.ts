import type { Connector } from "../../kit/definition.ts";
import { holds } from "../../kit/expressions/evaluate-condition.ts";
import { evaluateExpression, isBlank } from "../../kit/expressions/evaluate-expression.ts";
import { type Condition, field } from "../../kit/expressions/expression.ts";

type Values = Readonly<Record<string, unknown>>;

/** Longer values in a reason are truncated, because the report counts records by reason. */
const maxShownLength = 60;

/**
 * Returns the reason for skipping a record, or null if `keepWhen` keeps it. The reason is the text in `keepWhen`, or else the field with
 * its value (`etat: brouillon`, `etat: (vide)`).
 */
export function selectRecord(connector: Pick<Connector, "keepWhen">, values: Values): string | null {
  const { keepWhen } = connector;
  if (keepWhen === undefined) return null;
  if (!Array.isArray(keepWhen)) return holds(keepWhen, values) ? null : reasonOf(keepWhen, values);
  for (const { when, reason } of keepWhen) {
    if (!holds(when, values)) return reason ?? reasonOf(when, values);
  }
  return null;
}

/** Returns the fields of a failed condition with their values. */
function reasonOf(condition: Condition, values: Values): string {
  const failing = failingFields(condition, values, true);
  return [...failing].map((path) => `${path}: ${shown(path, values)}`).join(", ");
}

/** Returns the fields for which the result of a condition is not `expected`. */
function failingFields(condition: Condition, values: Values, expected: boolean): Set<string> {
  if ("not" in condition) return failingFields(condition.not, values, !expected);
  if ("field" in condition) return new Set([condition.field]);
  const members = "all" in condition ? condition.all : condition.any;
  const failing = members.filter((member) => holds(member, values) !== expected);
  // A single part can make "all" false or "any" true. For the opposite result, every part counts.
  const oneIsEnough = "all" in condition ? expected : !expected;
  return new Set((oneIsEnough ? failing.slice(0, 1) : failing).flatMap((member) => [...failingFields(member, values, expected)]));
}

function shown(path: string, values: Values): string {
  const value = evaluateExpression(field(path), { values });
  if (isBlank(value)) return "(vide)";
  const text = Array.isArray(value) ? value.map(plainText).join(", ") : plainText(value);
  const characters = Array.from(
    text
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, maxShownLength * 2),
  );
  return characters.length > maxShownLength ? `${characters.slice(0, maxShownLength).join("")}…` : characters.join("");
}

function plainText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
