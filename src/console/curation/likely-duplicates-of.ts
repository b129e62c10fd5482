import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Aid } from "../../model/aid/aid.ts";
import { shownContent } from "../../model/aid/shown-value.ts";
import { significantWords } from "../../model/compare/compare-titles.ts";
import { type Contradiction, contradictionsOf } from "../../model/compare/contradictions.ts";
import { likenessOf } from "../../model/compare/likeness.ts";
import { isCertain } from "../../model/compare/likeness-rules.ts";
import { likelyDuplicates } from "../../model/compare/match-likenesses.ts";
import type { Match } from "../../model/plan/plan.ts";
import { comparableText } from "../../model/text/comparable-text.ts";

/** A likely duplicate from another connector, and the reasons. */
export interface LikelyDuplicateOf {
  readonly aid: Aid;
  readonly match: Match;
  /** Fields in which a certain pair contradicts each other; `one` is this aid's value. */
  readonly contradictions: readonly Contradiction[];
}

const maxShown = 5;

/** Returns likely duplicates in other connectors, best first. Compares only aids whose titles share words with this one. */
export async function likelyDuplicatesOf(catalogue: Catalogue, aid: CuratedAid): Promise<LikelyDuplicateOf[]> {
  const content = shownContent(aid);
  const words = [content.name, content.nameInitial].flatMap((title) => significantWords(comparableText(title ?? "")));
  const rarest = [...new Set(words)].filter((word) => /^[\p{L}\p{N}]+$/u.test(word)).sort((a, b) => b.length - a.length);
  const others = await catalogue.aids.similar(aid.connector, rarest);
  if (others.length === 0) return [];
  const likenesses = [{ ...likenessOf(aid.aidId, content), connector: aid.connector }].concat(
    others.map((other) => ({ ...likenessOf(other.aidId, other), connector: other.connector })),
  );
  const found = likelyDuplicates(likenesses, aid.connector);
  const byId = new Map(others.map((other) => [other.aidId, other]));
  return found.slice(0, maxShown).flatMap(({ left, right, match }) => {
    const other = byId.get(left.key === aid.aidId ? right.key : left.key);
    return other === undefined
      ? []
      : [
          {
            aid: other,
            match,
            contradictions: isCertain(match) ? contradictionsOf(content, other) : [],
          },
        ];
  });
}
