import type { Match } from "../model/plan/plan.ts";
import { type LikeCandidate, likeCandidates, type SidedLikeness } from "./like-candidates.ts";
import type { Likeness } from "./likeness.ts";
import { certaintyOf, doubtFrom } from "./likeness-rules.ts";
import { ownKinds, reasonsOf, sharedFacts } from "./shared-facts.ts";

/** Indexes of two aids on different sides, the smaller first, and why they may be the same. */
export interface WeighedPair {
  readonly first: number;
  readonly second: number;
  readonly match: Match;
}

/** Links identify aids from this many links and this share of matches. */
const minLinks = 20;
const agreeingFrom = 0.9;

/** Weighs all candidate pairs from `doubtFrom` up. An aid may be in several. */
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
 * Finds pairs of sides where links identify aids: of at least twenty links that lead to one aid on both sides, nine in ten lead to nearly
 * the same title or the same text. There, another title under the same link is a renamed aid, and another link is another aid.
 */
function sidesWhoseLinksIdentify(candidates: readonly LikeCandidate[], aids: readonly SidedLikeness[]): Set<string> {
  const tallies = new Map<string, { linked: number; agreeing: number }>();
  for (const candidate of candidates) {
    if ((candidate.own & ownKinds.link) === 0) continue;
    const sides = sidesOf(candidate, aids);
    const tally = tallies.get(sides) ?? { linked: 0, agreeing: 0 };
    tallies.set(sides, { linked: tally.linked + 1, agreeing: tally.agreeing + (agrees(candidate, aids) ? 1 : 0) });
  }
  const believed = [...tallies].filter(([, { linked, agreeing }]) => linked >= minLinks && agreeing >= agreeingFrom * linked);
  return new Set(believed.map(([sides]) => sides));
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
