import { type AidContent, type AidField, isEmptyValue } from "../aid/aid.ts";
import type { DescriptionLevel } from "../aid/field-table.ts";
import { missingForDescription } from "../aid/publishable.ts";
import { isAnswered } from "../aid/question.ts";
import type { SuggestionRule } from "../aid/suggestion.ts";

/**
 * What a decision does in every run:
 * - `fill`: fills an empty field with the value that the person chose, where the aid lacks the field;
 * - `publish`: publishes aids that have no warning and reach the level `value`, or are fully described without one. Without it, every aid
 *   waits for review;
 * - `ask`: asks for a further field before publication.
 */
const standingKinds = ["fill", "publish", "ask"] as const;

/** The aids that an answer holds for. An empty condition holds for all aids of the source. */
export interface AnswerCondition {
  /** Only aids with exactly these types, in canonical order. */
  readonly types?: AidContent["aidTypes"];
  /** Only aids that some of these organisations, and no other one, run. */
  readonly operators?: readonly string[];
  /** Identifiers of aids that the answer leaves out. */
  readonly except?: readonly string[];
}

/** An aid that an answer may be for. */
export interface AnsweredAid {
  readonly externalId: string;
  readonly content: AidContent;
}

/** Returns true if an answer holds for an aid. */
export function holdsFor(
  condition: AnswerCondition | null,
  { externalId, content }: { readonly externalId: string; readonly content: Pick<AidContent, "aidTypes" | "instructors"> },
): boolean {
  const { types, operators, except = [] } = condition ?? {};
  if (except.includes(externalId)) return false;
  if (types !== undefined && types.join(",") !== content.aidTypes.join(",")) return false;
  const { instructors } = content;
  return operators === undefined || (instructors.length > 0 && instructors.every(({ name }) => operators.includes(name)));
}

/** Returns true if an answer is for a part of the aids that another one is for, as far as their conditions say. */
export function isNarrower(part: AnswerCondition | null, whole: AnswerCondition | null): boolean {
  const parts = (["types", "operators"] as const).map((name) => [part?.[name], whole?.[name]] as const);
  const isWithin = parts.every(([own, others]) => others === undefined || own?.join("\n") === others.join("\n"));
  return isWithin && parts.some(([own, others]) => own !== undefined && others === undefined);
}

/** Sorts decisions in the order in which a run follows them: of two answers for a field, the one for a part of the aids prevails, then the older. */
export function inOrderOfPrecedence<Of extends Pick<StandingDecision, "condition">>(decisions: readonly Of[]): Of[] {
  const parts = ({ condition }: Of) => Number(condition?.types !== undefined) + Number(condition?.operators !== undefined);
  return decisions.toSorted((a, b) => parts(b) - parts(a));
}

/** A person's decision that holds for the present and future aids of a connector or a publisher until somebody ends it. */
export interface StandingDecision {
  readonly id: string;
  readonly kind: (typeof standingKinds)[number];
  /** Exactly one of the two is set. `publisher`: its id; the decision holds for all its connectors. */
  readonly connector: string | null;
  readonly publisher: string | null;
  /** The field to fill or to ask for. Null for `publish`. */
  readonly field: AidField | null;
  /** Null, except in stored fills without a value. */
  readonly rule: SuggestionRule | null;
  /** The value that the person chose for the field. For `publish`: a level, or null. */
  readonly value: unknown;
  /** The aids that a chosen value is for. Null: all of the source. */
  readonly condition: AnswerCondition | null;
  readonly note: string | null;
  readonly by: string;
  /** ISO instants. `endedAt`: null while the decision holds. */
  readonly at: string;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
}

/** Returns true if an answer fills the field of an aid: it has a value and holds for the aid, which lacks the field, and an answer may fill it. */
export function answers({ value, condition }: Pick<StandingDecision, "value" | "condition">, field: AidField, aid: AnsweredAid): boolean {
  return !isEmptyValue(value) && isAnswered(field) && holdsFor(condition, aid) && missingForDescription(aid.content).includes(field);
}

/** A chosen value of `financers`: each aid is paid by the organisations that run it. */
export const ownOperators = "instructors";

/** Returns the value that an answer gives an aid. */
export function answeredValue(field: AidField, value: unknown, { instructors }: Pick<AidContent, "instructors">): unknown {
  return field === "financers" && value === ownOperators ? instructors : value;
}

/** Returns the level from which decisions publish aids, the lower one of several, or null if every aid waits for review. */
export function publishedLevel(decisions: readonly Pick<StandingDecision, "kind" | "value">[]): DescriptionLevel | null {
  const levels = decisions.flatMap(({ kind, value }) => (kind === "publish" ? [value] : []));
  if (levels.length === 0) return null;
  return levels.includes("publishable") ? "publishable" : "fullyDescribed";
}

/** Returns the fields that decisions ask for before publication, beyond those that every aid needs. */
export function askedFields(decisions: readonly Pick<StandingDecision, "kind" | "field">[]): AidField[] {
  return decisions.flatMap(({ kind, field }) => (kind === "ask" && field !== null ? [field] : []));
}
