import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";

/** The descriptions that change lose more than half of their length, all together. */
export function textsShrunk({ texts: { before, after, aids } }: GuardFacts): readonly GuardFinding[] {
  const limit = Math.ceil(before / 2);
  return aids < 5 || after >= limit ? [] : [{ code: "texts-shrunk", found: after, limit, examples: [], params: { before, aids } }];
}
