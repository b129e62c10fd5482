import { likeCandidates } from "../compare/like-candidates.ts";
import type { Likeness } from "../compare/likeness.ts";
import { doubtFrom, type SharedFacts } from "../compare/likeness-rules.ts";
import type { Recognised } from "../compare/match-likenesses.ts";
import { reasonsOf, sharedFacts } from "../compare/shared-facts.ts";

/** An aid with more candidates resembles all of them. */
const mostCandidates = 3;

/**
 * Finds aids of one publisher that may be the same on weak evidence: most words of the title, the same day, or most of the text, and
 * nothing against it. Useless between strangers, but here both lists are left over from one publisher.
 */
export function weakDoubts(left: readonly Likeness[], right: readonly Likeness[]): Recognised["doubts"] {
  const aids = [...left.map((likeness) => ({ likeness, side: "left" })), ...right.map((likeness) => ({ likeness, side: "right" }))];
  const doubts = likeCandidates(aids).flatMap(({ first, second }) => {
    const [a, b] = [aids[first]?.likeness, aids[second]?.likeness];
    if (a === undefined || b === undefined) return [];
    const facts = sharedFacts(a, b, 0, false);
    return speaksForIt(facts) ? [{ left: a.key, right: b.key, match: { certainty: doubtFrom, reasons: reasonsOf(facts) } }] : [];
  });
  const candidatesOf = (key: "left" | "right") => {
    const counts = new Map<string, number>();
    for (const doubt of doubts) counts.set(doubt[key], (counts.get(doubt[key]) ?? 0) + 1);
    return counts;
  };
  const [ofLeft, ofRight] = [candidatesOf("left"), candidatesOf("right")];
  return doubts.filter((doubt) => Math.max(ofLeft.get(doubt.left) ?? 0, ofRight.get(doubt.right) ?? 0) <= mostCandidates);
}

function speaksForIt({ title, dates, text, place }: SharedFacts): boolean {
  if (dates === "other" || text === "other" || place === "other" || title === "edition") return false;
  return title !== "other" || dates === "same" || text !== "unknown";
}
