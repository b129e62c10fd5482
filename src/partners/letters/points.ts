import type { Letter, LetterCode } from "./letter.ts";

/** What a point is about: an anomaly, or something that is asked of the whole feed. */
type PointCode = LetterCode | "seldom-filled" | "not-found" | "identifier";

/** Something in a letter that its publisher can answer to. `count`: how many; null where it is not counted. */
export interface LetterPoint {
  readonly code: PointCode;
  /** Field of the aid or of the feed, or vocabulary of words. */
  readonly field: string | null;
  /** The publisher's own name of the field, where it is known. */
  readonly column: string | null;
  readonly count: number | null;
}

/** The points of a letter, in one order for ever: what is to be mended, then what is asked. */
export function pointsOf({ faults, seldomFilled, questions, words, notFound, identifier }: Letter): LetterPoint[] {
  const gone = questions.filter(({ code }) => code === "field-never-seen").length;
  const asked = (code: PointCode, isAsked: boolean, count: number | null): LetterPoint[] =>
    isAsked ? [{ code, field: null, column: null, count }] : [];
  return [
    ...faults.map(({ code, field, column, count }) => ({ code, field, column, count })),
    ...seldomFilled.map(({ field, filled, of }) => ({ code: "seldom-filled" as const, field, column: null, count: of - filled })),
    ...asked("identifier", identifier !== null, null),
    ...asked("not-found", notFound.length > 0, notFound.length),
    ...words.map(({ vocabulary, terms, more }) => ({
      code: "unmapped-term" as const,
      field: vocabulary,
      column: null,
      count: terms.length + more,
    })),
    ...asked("field-never-seen", gone > 0, gone),
    ...questions
      .filter(({ code }) => code !== "field-never-seen")
      .map(({ code, field, column, count }) => ({ code, field, column, count })),
  ];
}

/** True where both are the same point: the same anomaly in the same field. */
export function isSamePoint(
  a: { readonly code: string | null; readonly field: string | null },
  b: { readonly code: string | null; readonly field: string | null },
): boolean {
  return a.code === b.code && a.field === b.field;
}
