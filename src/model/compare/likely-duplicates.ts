import type { Match } from "../plan/plan.ts";
import { compareCodePoints } from "../text/canonical.ts";
import type { Likeness } from "./likeness.ts";
import { weighCandidates } from "./weigh-candidates.ts";

/** A published aid to compare, with its connector. */
export interface PublishedLikeness extends Likeness {
  readonly connector: string;
}

interface AidOfConnector {
  readonly connector: string;
  readonly key: string;
}

/** Two aids of different connectors that are probably the same, with reasons. */
export interface LikelyDuplicate {
  readonly left: AidOfConnector;
  readonly right: AidOfConnector;
  readonly match: Match;
}

/**
 * Finds likely duplicates from two connectors, for a person to check. The most certain pairs come first; ties are sorted by connector and
 * key. An aid of three connectors is in three pairs. As in `matchLikenesses`, a link or title that one connector has several times does not
 * identify an aid.
 */
export function likelyDuplicates(aids: Iterable<PublishedLikeness>): LikelyDuplicate[] {
  const sided = Array.from(aids, (likeness) => ({ likeness, side: likeness.connector })).sort(
    (a, b) => compareCodePoints(a.side, b.side) || compareCodePoints(a.likeness.key, b.likeness.key),
  );
  const places = sided.map(({ likeness: { connector, key } }) => ({ connector, key }));
  const pairs = weighCandidates(sided).sort((a, b) => b.match.certainty - a.match.certainty || a.first - b.first || a.second - b.second);
  return pairs.flatMap(({ first, second, match }) => {
    const [left, right] = [places[first], places[second]];
    return left === undefined || right === undefined ? [] : [{ left, right, match }];
  });
}
