import { groupedBy } from "../collect.ts";
import { type AidField, type DescriptionLevel, descriptionLevels } from "./field-table.ts";
import { missingAt } from "./publishable.ts";

/** Fields that a person's answer can fill for many aids of a source. Dates, amounts, rates and texts are filled aid by aid. */
export const answeredFields = [
  ...(["aidTypes", "targetedAudiences", "mobilizationSteps", "destinations", "financers", "perimeters", "contact"] as const),
] satisfies readonly AidField[];
export type AnsweredField = (typeof answeredFields)[number];

/** Returns true for a field that an answer can fill for many aids. */
export function isAnswered(field: AidField): field is AnsweredField {
  return (answeredFields as readonly AidField[]).includes(field);
}

/** Aids of a connector that lack the same fields to be fully described. */
export interface LackingAids {
  readonly connector: string;
  readonly isPublished: boolean;
  readonly missing: readonly AidField[];
  /** The publisher's words without equivalent, by field, as far as they are known: a mapping of one of them fills the field. */
  readonly words?: Readonly<Partial<Record<AidField, string>>>;
  /** Fields of which an answer has left these aids out: a person fills them aid by aid. */
  readonly leftOut?: readonly AidField[];
  /** Their deadline is past: an answer fills them, but brings none to a reader. */
  readonly isExpired?: boolean;
  readonly aids: number;
}

/** A question about the aids of a connector that lack a field, except those that an answer has left out. One answer fills it for all of them, or for a part. */
export interface Question {
  readonly connector: string;
  readonly field: AidField;
  /** The publisher's word whose meaning is asked for. Null: the value of the field is. */
  readonly word: string | null;
  /** Number of aids that it concerns. */
  readonly aids: number;
  /** Number of aids that reach each level once this question, and those before it with the same `set`, are answered. */
  readonly frees: Readonly<Record<DescriptionLevel, number>>;
  /** Questions that free aids only together have the same number, and follow each other. */
  readonly set: number;
}

/** Questions that free aids together, most aids per question first. */
interface QuestionSet {
  readonly connector: string;
  readonly keys: readonly string[];
  readonly frees: Record<DescriptionLevel, number>;
  readonly worth: number;
}

/** An aid's way to a level: the questions that are still to be answered. */
interface Way {
  readonly level: DescriptionLevel;
  readonly keys: readonly string[];
  readonly aids: number;
}

/**
 * Returns the questions about some aids, so that the first ones free most aids for each answer. Those that free none, because other fields are
 * missing too, are the last.
 */
export function orderQuestions(groups: readonly LackingAids[]): Question[] {
  const sets = [...groupedBy(groups, ({ connector }) => connector)].flatMap(([connector, own]) => setsOf(connector, own));
  // The sets of a connector stay in their order, because the later ones count on the answers before.
  const ordered = sets.sort((a, b) => b.worth - a.worth || (a.connector < b.connector ? -1 : a.connector > b.connector ? 1 : 0));
  const concerned = new Map([...groupedBy(groups, ({ connector }) => connector)].map(([connector, own]) => [connector, aidsOf(own)]));
  return ordered.flatMap(({ connector, keys, frees }, set) =>
    keys.map((key, place): Question => {
      const [field, word = null] = key.split("\n") as [AidField, string?];
      const isLast = place === keys.length - 1;
      return {
        ...{ connector, field, word, set, aids: concerned.get(connector)?.get(key) ?? 0 },
        frees: isLast ? frees : { publishable: 0, fullyDescribed: 0 },
      };
    }),
  );
}

function setsOf(connector: string, groups: readonly LackingAids[]): QuestionSet[] {
  const counts = aidsOf(groups);
  let ways = groups.flatMap((group) => waysOf(group));
  const sets: QuestionSet[] = [];
  for (;;) {
    const best = bestOf(connector, ways, counts, sets.at(-1)?.worth ?? Number.POSITIVE_INFINITY);
    if (best === null) return [...sets, ...withoutGain(connector, counts, sets)];
    sets.push(best);
    ways = ways.map((way) => ({ ...way, keys: way.keys.filter((key) => !best.keys.includes(key)) })).filter(({ keys }) => keys.length > 0);
  }
}

function withoutGain(connector: string, counts: ReadonlyMap<string, number>, sets: readonly QuestionSet[]): QuestionSet[] {
  const asked = new Set(sets.flatMap(({ keys }) => keys));
  const left = [...counts.keys()].filter((key) => !asked.has(key)).sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return left.map((key) => ({ connector, keys: [key], frees: { publishable: 0, fullyDescribed: 0 }, worth: 0 }));
}

/** Returns true for a question that frees aids, alone or with others of its set. */
export function freesAids({ set }: Question, questions: readonly Question[]): boolean {
  return questions.some((other) => other.set === set && other.frees.publishable + other.frees.fullyDescribed > 0);
}

/** Returns the set that frees most aids for each of its questions. `atMost`: the worth of the set before, which a later one never exceeds. */
function bestOf(connector: string, ways: readonly Way[], counts: ReadonlyMap<string, number>, atMost: number): QuestionSet | null {
  let best: QuestionSet | null = null;
  for (const { keys } of new Map(ways.map((way) => [way.keys.join("\r"), way])).values()) {
    const frees = { publishable: 0, fullyDescribed: 0 };
    for (const way of ways) if (way.keys.every((key) => keys.includes(key))) frees[way.level] += way.aids;
    const worth = (frees.publishable + frees.fullyDescribed) / keys.length;
    if (best !== null && worth <= best.worth) continue;
    const inOrder = [...keys].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
    best = { connector, keys: inOrder, frees, worth };
  }
  return best === null ? null : { ...best, worth: Math.min(best.worth, atMost) };
}

/** Returns the ways of aids to the levels that they have not reached. Leaves out levels that no answer brings them to. */
function waysOf(group: LackingAids): Way[] {
  if (group.isExpired === true) return [];
  return descriptionLevels.flatMap((level) => {
    if (level === "publishable" && group.isPublished) return [];
    const keys = missingAt(level, askedFor(group)).map((field) => keyOf(group, field));
    return keys.length === 0 || keys.includes(null) ? [] : [{ level, keys: keys as string[], aids: group.aids }];
  });
}

/** Returns the fields that an aid lacks. Without a type, it lacks the kinds of expenses too, because most types need them. */
function askedFor({ missing }: LackingAids): readonly AidField[] {
  return missing.includes("aidTypes") && !missing.includes("destinations") ? [...missing, "destinations"] : missing;
}

/** Returns the key of the question that fills a field: the field, and the word whose meaning is asked for. Null: none does. */
function keyOf({ words = {}, leftOut = [] }: LackingAids, field: AidField): string | null {
  const word = words[field];
  if (word !== undefined) return `${field}\n${word}`;
  return isAnswered(field) && !leftOut.includes(field) ? field : null;
}

function aidsOf(groups: readonly LackingAids[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const group of groups) {
    for (const key of askedFor(group).flatMap((field) => keyOf(group, field) ?? [])) counts.set(key, (counts.get(key) ?? 0) + group.aids);
  }
  return counts;
}
