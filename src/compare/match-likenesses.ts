import type { Match } from "../model/plan/plan.ts";
import { compareCodePoints } from "../model/text/canonical.ts";
import type { SidedLikeness } from "./like-candidates.ts";
import type { Likeness } from "./likeness.ts";
import { pairFrom } from "./likeness-rules.ts";
import { type WeighedPair, weighCandidates } from "./weigh-candidates.ts";

/** An aid of each side, by their keys, that are taken for the same, or may be. */
interface LikePair {
  readonly left: string;
  readonly right: string;
  readonly match: Match;
}

/** What was recognised: `pairs`, each aid in one at most; `doubts` for a person, of aids that are in no pair. Both best first. */
export interface Recognised {
  readonly pairs: LikePair[];
  readonly doubts: LikePair[];
}

/** What else is known. */
export interface MatchOptions {
  /**
   * Aids that stay where they are: never matched, but what one of them has, too, is nobody's own. Without them a portal's page looks like
   * the link of one aid as soon as one of its forty aids goes and another one comes.
   */
  readonly beside?: Iterable<Likeness>;
}

/**
 * The same aids under other keys, one to one, whatever the order of the lists. Certainty from `likenessRules`; where an aid has two
 * candidates of equal certainty, neither is a pair. Keys are unique in each list.
 */
export function matchLikenesses(left: readonly Likeness[], right: readonly Likeness[], options: MatchOptions = {}): Recognised {
  const aids = [...onSide("left", left), ...onSide("right", right), ...onSide(null, options.beside ?? [])];
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
 * From the most certain down: two aids that have no other candidate as certain are a pair. Where one has, it and all its candidates are
 * left to a person: none of them is given away to a less certain one.
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

/** Pairs that are certain enough, by certainty, the most certain first. */
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
