import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";
import { findingFrom } from "./finding-from.ts";
import { exceeding } from "./trips-from.ts";

/** The same description stands in more than 30 % of the aids that come in new or changed, and in at least 5. */
export function contentRepeated({ repeated }: GuardFacts): readonly GuardFinding[] {
  return findingFrom("content-repeated", repeated, Math.max(5, exceeding(repeated.of, 0.3)), { of: repeated.of });
}
