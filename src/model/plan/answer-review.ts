import { type AidField, isEmptyValue } from "../aid/aid.ts";
import { sameValue } from "../aid/same-value.ts";
import { comparableText } from "../text/comparable-text.ts";
import { type AnswerCondition, type AnsweredAid, answeredValue, answers, isNarrower, type StandingDecision } from "./standing-decision.ts";

/** Number of aids that an answer had filled when it was given or last confirmed, and that it has filled now. */
export interface AnswerReach {
  readonly given: number;
  readonly now: number;
}

/** Minimum growth of an answer that is asked again: a factor, and a number of aids. */
const minFactor = 2;
const minGrowth = 10;

/** Returns true if an answer covers many more aids than its author saw. */
export function hasOutgrown({ given, now }: AnswerReach): boolean {
  return now >= minFactor * given && now - given >= minGrowth;
}

/** Minimum share of the words of the longer text that both must have, in any order. */
const minCommonWords = 0.8;

/** Returns true if a text has changed so much that an answer may no longer be right for it. */
export function isRewritten(before: string, after: string): boolean {
  const [old, recent] = [before, after].map((text) => comparableText(text).split(" "));
  if (old === undefined || recent === undefined) return false;
  const left = new Map<string, number>();
  for (const word of old) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of recent) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    common++;
  }
  return common < minCommonWords * Math.max(old.length, recent.length);
}

type GivenAnswer = Pick<
  StandingDecision,
  "id" | "connector" | "publisher" | "field" | "value" | "condition" | "at" | "by" | "endedAt" | "endedBy"
>;

/** Returns true for answers that may give an aid two values: the conditions of both may hold for it. */
export function mayContradict(a: GivenAnswer, b: GivenAnswer): boolean {
  if (a.field === null || a.field !== b.field || sameValue(a.field, a.value, b.value)) return false;
  const [one, other] = [a.condition ?? {}, b.condition ?? {}];
  if (one.types !== undefined && other.types !== undefined && one.types.join() !== other.types.join()) return false;
  return one.operators === undefined || other.operators === undefined || one.operators.some((name) => other.operators?.includes(name));
}

/**
 * Returns true if two answers give an aid different values. `content`: without the value of an answer; `shownBy`: the answer whose value it
 * shows. An answer for a part of the aids prevails over one for all, so these two contradict each other only where the latter is shown.
 */
export function contradict(
  [a, b]: readonly [GivenAnswer, GivenAnswer],
  field: AidField,
  aid: AnsweredAid & { readonly shownBy: string | null },
): boolean {
  if (!answers(a, field, aid) || !answers(b, field, aid)) return false;
  const [one, other] = [answeredValue(field, a.value, aid.content), answeredValue(field, b.value, aid.content)];
  if (isEmptyValue(one) || isEmptyValue(other) || sameValue(field, one, other)) return false;
  if (isNarrower(a.condition, b.condition)) return aid.shownBy === b.id;
  return isNarrower(b.condition, a.condition) ? aid.shownBy === a.id : true;
}

/** Returns the answers whose values an answer has taken over: those that its author replaced when it was given, and theirs. */
export function formerAnswers(answer: GivenAnswer, all: readonly GivenAnswer[]): GivenAnswer[] {
  return replacedAt(answer, all).flatMap((one) => [one, ...formerAnswers(one, all)]);
}

function replacedAt({ id, field, at, by }: GivenAnswer, all: readonly GivenAnswer[]): GivenAnswer[] {
  return all.filter((one) => one.id !== id && one.field === field && one.endedAt === at && one.endedBy === by && one.at < at);
}

/** Returns true for answers about the same aids, of which the later one replaces the other. */
export function isAboutSameAids(a: Pick<GivenAnswer, "connector" | "publisher" | "field" | "condition">, b: typeof a): boolean {
  const key = ({ types, operators, except }: AnswerCondition) => JSON.stringify([types, operators, except]);
  return (
    a.field === b.field && a.connector === b.connector && a.publisher === b.publisher && key(a.condition ?? {}) === key(b.condition ?? {})
  );
}
