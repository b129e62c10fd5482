import { countsOf, groupedBy } from "../collect.ts";
import type { Match } from "../plan/plan.ts";
import { compareCodePoints } from "../text/canonical.ts";
import { type LikeCandidate, likeCandidates, type SidedLikeness } from "./like-candidates.ts";
import type { Likeness } from "./likeness.ts";
import { certaintyOf, doubtFrom, pairFrom } from "./likeness-rules.ts";
import { ownKinds, reasonsOf, sharedFacts } from "./shared-facts.ts";

/** Keys of two aids that are, or may be, the same. */
interface LikePair {
  readonly left: string;
  readonly right: string;
  readonly match: Match;
}

/** Recognised aids, most certain first. An aid is in at most one pair, and then in none of the `doubts`, which a person checks. */
export interface Recognised {
  readonly pairs: LikePair[];
  readonly doubts: LikePair[];
}

export interface MatchOptions {
  /** Aids that are never matched, but whose links and titles identify no other aid: the page of a portal with forty aids. */
  readonly others?: Iterable<Likeness>;
}

/** Matches aids of two lists one to one, by `likenessRules`, whatever their order. Keys are unique in each list. */
export function matchLikenesses(left: readonly Likeness[], right: readonly Likeness[], options: MatchOptions = {}): Recognised {
  const weighed = weighCandidates([...onSide("left", left), ...onSide("right", right), ...onSide(null, options.others ?? [])]);
  const pairs = oneToOne(weighed);
  const taken = new Set(pairs.flatMap(endsOf));
  const doubts = weighed.filter((pair) => !endsOf(pair).some((end) => taken.has(end)));
  return { pairs: named(pairs), doubts: named(doubts) };
}

function onSide(side: string | null, likenesses: Iterable<Likeness>): SidedLikeness[] {
  return Array.from(likenesses, (likeness) => ({ likeness, side }));
}

/** Chooses pairs, most certain first. An aid with equally certain candidates, and these, are left to a person. */
function oneToOne(weighed: readonly WeighedPair[]): WeighedPair[] {
  const pairs: WeighedPair[] = [];
  const taken = new Set<SidedLikeness>();
  const unclear = new Set<SidedLikeness>();
  for (const level of levelsOfPairs(weighed)) {
    const open = level.filter((pair) => !endsOf(pair).some((end) => taken.has(end)));
    const candidates = countsOf(open.flatMap(endsOf));
    const isClear = (end: SidedLikeness) => candidates.get(end) === 1 && !unclear.has(end);
    const clear = new Set(open.filter((pair) => endsOf(pair).every(isClear)));
    for (const pair of open) for (const end of endsOf(pair)) (clear.has(pair) ? taken : unclear).add(end);
    pairs.push(...clear);
  }
  return pairs;
}

/** Groups sufficiently certain pairs by certainty, highest first. */
function levelsOfPairs(weighed: readonly WeighedPair[]): WeighedPair[][] {
  const levels = groupedBy(
    weighed.filter(({ match }) => match.certainty >= pairFrom),
    ({ match }) => match.certainty,
  );
  return [...levels].sort(([a], [b]) => b - a).map(([, level]) => level);
}

function endsOf({ first, second }: WeighedPair): [SidedLikeness, SidedLikeness] {
  return [first, second];
}

function named(pairs: readonly WeighedPair[]): LikePair[] {
  const keyed = pairs.map(({ first, second, match }) => ({ left: first.likeness.key, right: second.likeness.key, match }));
  return keyed.sort(
    (a, b) => b.match.certainty - a.match.certainty || compareCodePoints(a.left, b.left) || compareCodePoints(a.right, b.right),
  );
}

/** A published aid to compare, with its connector. */
export interface PublishedLikeness extends Likeness {
  readonly connector: string;
}

/**
 * Finds likely duplicates from two connectors, for a person to check. The most certain pairs come first; ties are sorted by connector and
 * key. An aid of three connectors is in three pairs. As in `matchLikenesses`, a link or title that one connector has several times does not
 * identify an aid. `of`: only pairs with an aid of this connector.
 */
export function likelyDuplicates(aids: Iterable<PublishedLikeness>, of: string | null = null): LikelyDuplicate[] {
  const sided = Array.from(aids, (likeness) => ({ likeness, side: likeness.connector })).sort(inOrder);
  return weighCandidates(sided, of)
    .sort((a, b) => b.match.certainty - a.match.certainty || inOrder(a.first, b.first) || inOrder(a.second, b.second))
    .map(({ first, second, match }) => ({ left: placeOf(first), right: placeOf(second), match }));
}

/** Two aids of different connectors that are probably the same, with reasons. */
export interface LikelyDuplicate extends Pick<WeighedPair, "match"> {
  readonly left: ReturnType<typeof placeOf>;
  readonly right: ReturnType<typeof placeOf>;
}

type Sided = SidedLikeness & { readonly side: string };

function inOrder(a: Sided, b: Sided): number {
  return compareCodePoints(a.side, b.side) || compareCodePoints(a.likeness.key, b.likeness.key);
}

function placeOf({ likeness: { key }, side: connector }: Sided) {
  return { connector, key };
}

/** Two aids on different sides, in the order of the list, with the reasons why they may be the same. */
interface WeighedPair<Sided extends SidedLikeness = SidedLikeness> extends Omit<LikeCandidate<Sided>, "own"> {
  readonly match: Match;
}

/** Minimum number of common links, and minimum share of them that lead to the same aid, for links to identify aids. */
const minLinks = 20;
const agreeingFrom = 0.9;

/** Returns the candidate pairs whose certainty is at least `doubtFrom`. An aid may be in several pairs. */
function weighCandidates<Sided extends SidedLikeness>(aids: readonly Sided[], of: string | null = null): WeighedPair<Sided>[] {
  const candidates = likeCandidates(aids, of);
  const identifying = sidesWhoseLinksIdentify(candidates);
  return candidates.flatMap((candidate) => {
    const { first, second, own } = candidate;
    const facts = sharedFacts(first.likeness, second.likeness, own, identifying.has(sidesOf(candidate)));
    const certainty = certaintyOf(facts);
    return certainty >= doubtFrom ? [{ first, second, match: { certainty, reasons: reasonsOf(facts) } }] : [];
  });
}

/**
 * Finds the pairs of sides where links identify aids: at least twenty links belong to one aid on each side, and nine in ten of these pairs
 * have a similar title or the same text. Then an aid with the same link and another title was renamed, and another link means another aid.
 */
function sidesWhoseLinksIdentify(candidates: readonly LikeCandidate[]): Set<string> {
  const tallies = new Map<string, { linked: number; agreeing: number }>();
  for (const candidate of candidates) {
    if ((candidate.own & ownKinds.link) === 0) continue;
    const sides = sidesOf(candidate);
    const tally = tallies.get(sides) ?? { linked: 0, agreeing: 0 };
    tallies.set(sides, { linked: tally.linked + 1, agreeing: tally.agreeing + (agrees(candidate) ? 1 : 0) });
  }
  const identifying = [...tallies].filter(([, { linked, agreeing }]) => linked >= minLinks && agreeing >= agreeingFrom * linked);
  return new Set(identifying.map(([sides]) => sides));
}

function agrees({ first, second }: LikeCandidate): boolean {
  const { title, text } = sharedFacts(first.likeness, second.likeness, 0, false);
  return (title !== "other" && title !== "edition") || text === "same";
}

function sidesOf({ first, second }: LikeCandidate): string {
  return [first.side ?? "", second.side ?? ""].sort().join("\n");
}
