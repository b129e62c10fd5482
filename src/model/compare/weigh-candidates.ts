import type { Match } from "../plan/plan.ts";
import { type LikeCandidate, likeCandidates, type SidedLikeness } from "./like-candidates.ts";
import type { Likeness } from "./likeness.ts";
import { certaintyOf, doubtFrom } from "./likeness-rules.ts";
import { ownKinds, reasonsOf, sharedFacts } from "./shared-facts.ts";

/** Indexes of two aids on different sides, the smaller index first, with the reasons why they may be the same. */
export interface WeighedPair {
  readonly first: number;
  readonly second: number;
  readonly match: Match;
}

/** Minimum number of common links, and minimum share of them that lead to the same aid, for links to identify aids. */
const minLinks = 20;
const agreeingFrom = 0.9;

/** Returns the candidate pairs whose certainty is at least `doubtFrom`. An aid may be in several pairs. */
export function weighCandidates(aids: readonly SidedLikeness[]): WeighedPair[] {
  const candidates = likeCandidates(aids);
  const identifying = sidesWhoseLinksIdentify(candidates, aids);
  const pairs: WeighedPair[] = [];
  for (const candidate of candidates) {
    const { first, second, own } = candidate;
    const facts = sharedFacts(likenessAt(first, aids), likenessAt(second, aids), own, identifying.has(sidesOf(candidate, aids)));
    const certainty = certaintyOf(facts);
    if (certainty >= doubtFrom) pairs.push({ first, second, match: { certainty, reasons: reasonsOf(facts) } });
  }
  return pairs;
}

/**
 * Finds the pairs of sides where links identify aids: at least twenty links belong to one aid on each side, and nine in ten of these pairs
 * have a similar title or the same text. Then an aid with the same link and another title was renamed, and another link means another aid.
 */
function sidesWhoseLinksIdentify(candidates: readonly LikeCandidate[], aids: readonly SidedLikeness[]): Set<string> {
  const tallies = new Map<string, { linked: number; agreeing: number }>();
  for (const candidate of candidates) {
    if ((candidate.own & ownKinds.link) === 0) continue;
    const sides = sidesOf(candidate, aids);
    const tally = tallies.get(sides) ?? { linked: 0, agreeing: 0 };
    tallies.set(sides, { linked: tally.linked + 1, agreeing: tally.agreeing + (agrees(candidate, aids) ? 1 : 0) });
  }
  const identifying = [...tallies].filter(([, { linked, agreeing }]) => linked >= minLinks && agreeing >= agreeingFrom * linked);
  return new Set(identifying.map(([sides]) => sides));
}

function agrees({ first, second }: LikeCandidate, aids: readonly SidedLikeness[]): boolean {
  const { title, text } = sharedFacts(likenessAt(first, aids), likenessAt(second, aids), 0, false);
  return (title !== "other" && title !== "edition") || text === "same";
}

function sidesOf({ first, second }: LikeCandidate, aids: readonly SidedLikeness[]): string {
  const [one, other] = [aids[first]?.side ?? "", aids[second]?.side ?? ""];
  return one < other ? `${one}\n${other}` : `${other}\n${one}`;
}

function likenessAt(place: number, aids: readonly SidedLikeness[]): Likeness {
  const aid = aids[place];
  if (aid === undefined) throw new RangeError(`no aid at ${place}`);
  return aid.likeness;
}
