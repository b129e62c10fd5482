import type { Match } from "../plan/plan.ts";
import { compareCodePoints } from "../text/canonical.ts";
import type { SidedLikeness } from "./like-candidates.ts";
import type { Likeness } from "./likeness.ts";
import { pairFrom } from "./likeness-rules.ts";
import { type WeighedPair, weighCandidates } from "./weigh-candidates.ts";

/** Keys of two aids that are, or may be, the same. */
interface LikePair {
  readonly left: string;
  readonly right: string;
  readonly match: Match;
}

/**
 * Recognised aids, most certain first. An aid is in at most one of the `pairs`. `doubts` are for a person to check; their aids are in no
 * pair.
 */
export interface Recognised {
  readonly pairs: LikePair[];
  readonly doubts: LikePair[];
}

export interface MatchOptions {
  /**
   * Aids that are never matched. A link or title that they also have does not identify an aid. Without them, the link of a portal page
   * would look unique when one of its forty aids is replaced.
   */
  readonly others?: Iterable<Likeness>;
}

/**
 * Matches aids that have different keys in two lists, one to one. The order of the lists does not matter; keys must be unique in each list.
 * `likenessRules` define the certainty. If an aid has two equally certain candidates, neither becomes a pair.
 */
export function matchLikenesses(left: readonly Likeness[], right: readonly Likeness[], options: MatchOptions = {}): Recognised {
  const aids = [...onSide("left", left), ...onSide("right", right), ...onSide(null, options.others ?? [])];
  const weighed = weighCandidates(aids);
  const pairs = oneToOne(weighed);
  const taken = new Set(pairs.flatMap(endsOf));
  const doubts = weighed.filter((pair) => !endsOf(pair).some((end) => taken.has(end)));
  return { pairs: named(pairs, aids), doubts: named(doubts, aids) };
}

function onSide(side: string | null, likenesses: Iterable<Likeness>): SidedLikeness[] {
  return Array.from(likenesses, (likeness) => ({ likeness, side }));
}

/**
 * Chooses pairs, starting with the most certain. Two aids are a pair if neither has another candidate of equal certainty. Otherwise the aid
 * and its candidates are left to a person, and are not matched with less certain candidates either.
 */
function oneToOne(weighed: readonly WeighedPair[]): WeighedPair[] {
  const pairs: WeighedPair[] = [];
  const taken = new Set<number>();
  const unclear = new Set<number>();
  for (const level of levelsOfPairs(weighed)) {
    const open = level.filter((pair) => !endsOf(pair).some((end) => taken.has(end)));
    const candidates = new Map<number, number>();
    for (const end of open.flatMap(endsOf)) candidates.set(end, (candidates.get(end) ?? 0) + 1);
    const isClear = (end: number) => candidates.get(end) === 1 && !unclear.has(end);
    const clear = new Set(open.filter((pair) => endsOf(pair).every(isClear)));
    for (const pair of open) for (const end of endsOf(pair)) (clear.has(pair) ? taken : unclear).add(end);
    pairs.push(...clear);
  }
  return pairs;
}

/** Groups sufficiently certain pairs by certainty, highest first. */
function levelsOfPairs(weighed: readonly WeighedPair[]): WeighedPair[][] {
  const levels = new Map<number, WeighedPair[]>();
  for (const pair of weighed) {
    const { certainty } = pair.match;
    if (certainty < pairFrom) continue;
    const level = levels.get(certainty);
    if (level === undefined) levels.set(certainty, [pair]);
    else level.push(pair);
  }
  return [...levels].sort(([a], [b]) => b - a).map(([, level]) => level);
}

function endsOf({ first, second }: WeighedPair): [number, number] {
  return [first, second];
}

function named(pairs: readonly WeighedPair[], aids: readonly SidedLikeness[]): LikePair[] {
  const keyed = pairs.map(({ first, second, match }) => ({ left: keyAt(first, aids), right: keyAt(second, aids), match }));
  return keyed.sort(
    (a, b) => b.match.certainty - a.match.certainty || compareCodePoints(a.left, b.left) || compareCodePoints(a.right, b.right),
  );
}

function keyAt(place: number, aids: readonly SidedLikeness[]): string {
  return aids[place]?.likeness.key ?? "";
}
