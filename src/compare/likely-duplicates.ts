import type { Match } from "../model/plan/plan.ts";
import { compareCodePoints } from "../model/text/canonical.ts";
import type { Likeness } from "./likeness.ts";
import { weighCandidates } from "./weigh-candidates.ts";

/** An aid of the catalogue, as it is compared, with the connector that brings it. */
export interface PublishedLikeness extends Likeness {
  readonly connector: string;
}

/** Whose an aid is. */
interface AidOfConnector {
  readonly connector: string;
  readonly key: string;
}

/** Two aids of different connectors that are likely the same, and why. */
export interface LikelyDuplicate {
  readonly left: AidOfConnector;
  readonly right: AidOfConnector;
  readonly match: Match;
}

/**
 * Aids that two publishers likely both bring, for a person to look at: best first, then by connector and key; `left` is of the connector
 * that comes first. An aid of three connectors is in three pairs. What one connector has several times (a link, a title) proves nothing,
 * here as in `matchLikenesses`.
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
