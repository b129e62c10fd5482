import type { Letter, LetterCode } from "./letter.ts";

/** Subject of a point: an anomaly, or a question about the whole feed. */
type PointCode = LetterCode | "seldom-filled" | "not-found" | "identifier";

/** A point of a letter that the publisher can answer. `count`: number of occurrences; null if it is not counted. */
export interface LetterPoint {
  readonly code: PointCode;
  /** Field of the aid or of the feed, or vocabulary of words. */
  readonly field: string | null;
  /** The publisher's name of the field, if known. */
  readonly column: string | null;
  readonly count: number | null;
}

/** Returns the points of a letter: anomalies, then questions. Answers refer to positions, so the order must never change. */
export function pointsOf({ faults, seldomFilled, questions, words, notFound, identifier }: Letter): LetterPoint[] {
  const gone = questions.filter(({ code }) => code === "field-never-seen").length;
  const question = (code: PointCode, isAsked: boolean, count: number | null): LetterPoint[] =>
    isAsked ? [{ code, field: null, column: null, count }] : [];
  return [
    ...faults.map(({ code, field, column, count }) => ({ code, field, column, count })),
    ...seldomFilled.map(({ field, filled, of }) => ({ code: "seldom-filled" as const, field, column: null, count: of - filled })),
    ...question("identifier", identifier !== null, null),
    ...question("not-found", notFound.length > 0, notFound.length),
    ...words.map(({ vocabulary, terms, more }) => ({
      code: "unmapped-term" as const,
      field: vocabulary,
      column: null,
      count: terms.length + more,
    })),
    ...question("field-never-seen", gone > 0, gone),
    ...questions
      .filter(({ code }) => code !== "field-never-seen")
      .map(({ code, field, column, count }) => ({ code, field, column, count })),
  ];
}

/** Returns true if both have the same code and field. */
export function isSamePoint(
  a: { readonly code: string | null; readonly field: string | null },
  b: { readonly code: string | null; readonly field: string | null },
): boolean {
  return a.code === b.code && a.field === b.field;
}
