import type { Letter } from "./letter.ts";
import { isSamePoint, type LetterPoint, pointsOf } from "./points.ts";

/** True where two letters say the same: what is to be mended and asked, how often, and which words. Examples, scores and days do not matter. */
export function hasSameContent(a: Letter, b: Letter): boolean {
  return contentKey(a) === contentKey(b);
}

/** What a letter comes to, as text; in one order, whichever it was found in. */
function contentKey(letter: Letter): string {
  const points = pointsOf(letter).map(({ code, field, count }) => JSON.stringify([code, field, count]));
  const words = letter.words.flatMap(({ vocabulary, terms, more }) => [
    ...terms.map(({ term, count }) => JSON.stringify(["word", vocabulary, term, count])),
    JSON.stringify(["more", vocabulary, more]),
  ]);
  const gone = letter.questions.flatMap(({ code, field }) => (code === "field-never-seen" ? [JSON.stringify(["gone", field])] : []));
  const { notFound, identifier, trouble } = letter;
  const rest = JSON.stringify([[...notFound].sort(), identifier, trouble?.outcome ?? null]);
  return [...[...points, ...words, ...gone].sort(), rest].join("\n");
}

/** What became of a point. `unchecked`: reading a feed does not tell, as of dead links. */
export type PointState = "corrected" | "left" | "new" | "unchecked";

/** A point of a letter after its feed was read again. `before`, `now`: how many; null where it is not counted, or was not there. */
export interface PointNow extends Omit<LetterPoint, "count"> {
  readonly state: PointState;
  readonly before: number | null;
  readonly now: number | null;
}

/** Compares a letter with what the same feed would be told today: what is corrected, what is left, what has come. */
export function comparePoints(before: Letter, today: Letter): PointNow[] {
  const found = pointsOf(today);
  const known = pointsOf(before);
  const left = known.map((point): PointNow => {
    const { count, ...rest } = point;
    if (point.code === "dead-link") return { ...rest, state: "unchecked", before: count, now: null };
    const same = found.find((one) => isSameProblem(one, point));
    return { ...rest, state: same === undefined ? "corrected" : "left", before: count, now: same?.count ?? null };
  });
  const added = found.filter((one) => !known.some((point) => isSameProblem(one, point)));
  return [...left, ...added.map(({ count, ...rest }): PointNow => ({ ...rest, state: "new", before: null, now: count }))];
}

/** How many points are in each state. */
export function countStates(points: readonly PointNow[]): Readonly<Record<PointState, number>> {
  const counts = { corrected: 0, left: 0, new: 0, unchecked: 0 };
  for (const { state } of points) counts[state]++;
  return counts;
}

/** The same anomaly in the same field of ours, or in the same field of theirs, of which we may read two of ours. */
function isSameProblem(a: LetterPoint, b: LetterPoint): boolean {
  return isSamePoint(a, b) || (a.code === b.code && a.column !== null && a.column === b.column);
}
