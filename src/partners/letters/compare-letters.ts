import { type Letter, unreadCodes } from "../../model/letter/letter.ts";
import { isSamePoint, type LetterPoint, pointsOf } from "../../model/letter/points.ts";

/**
 * Returns true if two letters have the same points, counts and words. Ignores scores, dates, and examples except those of reported errors.
 */
export function hasSameContent(a: Letter, b: Letter): boolean {
  return contentKey(a) === contentKey(b);
}

/** Returns a text to compare letters by. It does not depend on the order of points. */
function contentKey(letter: Letter): string {
  const points = pointsOf(letter).map(({ code, field, count }) => JSON.stringify([code, field, count]));
  const words = letter.words.flatMap(({ vocabulary, terms, more }) => [
    ...terms.map(({ term, count }) => JSON.stringify(["word", vocabulary, term, count])),
    JSON.stringify(["more", vocabulary, more]),
  ]);
  const gone = letter.questions.flatMap(({ code, field }) => (code === "field-never-seen" ? [JSON.stringify(["gone", field])] : []));
  const reported = letter.faults.filter(({ code }) => code === "reported-error").flatMap(({ examples }) => examples);
  const { notFound, identifier, trouble } = letter;
  const rest = JSON.stringify([[...notFound].sort(), identifier, trouble?.outcome ?? null]);
  return [...[...points, ...words, ...gone, ...reported.map(({ value }) => JSON.stringify(["reported", value]))].sort(), rest].join("\n");
}

/** State of a point after a new reading. `unchecked`: reading the feed does not show it (`unreadCodes`). */
export type PointState = "corrected" | "left" | "new" | "unchecked";

/** A point after the feed was read again. `before`, `now`: number of occurrences; null if it is not counted or absent. */
export interface PointNow extends Omit<LetterPoint, "count"> {
  readonly state: PointState;
  readonly before: number | null;
  readonly now: number | null;
}

/** Compares the points of a letter with those of a letter written today. */
export function comparePoints(before: Letter, today: Letter): PointNow[] {
  const found = pointsOf(today);
  const known = pointsOf(before);
  const left = known.map((point): PointNow => {
    const { count, ...rest } = point;
    if (isUnread(point.code)) return { ...rest, state: "unchecked", before: count, now: null };
    const same = found.find((one) => isSameProblem(one, point));
    return { ...rest, state: same === undefined ? "corrected" : "left", before: count, now: same?.count ?? null };
  });
  const added = found.filter((one) => !known.some((point) => isSameProblem(one, point)));
  return [...left, ...added.map(({ count, ...rest }): PointNow => ({ ...rest, state: "new", before: null, now: count }))];
}

/** Counts points by state. */
export function countStates(points: readonly PointNow[]): Readonly<Record<PointState, number>> {
  const counts = { corrected: 0, left: 0, new: 0, unchecked: 0 };
  for (const { state } of points) counts[state]++;
  return counts;
}

/** Returns true for the same anomaly in the same aid field, or in the same feed field: we may read two aid fields from one feed field. */
function isSameProblem(a: LetterPoint, b: LetterPoint): boolean {
  return isSamePoint(a, b) || (a.code === b.code && a.column !== null && a.column === b.column);
}

function isUnread(code: string): boolean {
  return (unreadCodes as readonly string[]).includes(code);
}
