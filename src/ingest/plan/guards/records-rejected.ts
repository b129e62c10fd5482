import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";
import { shareLimits } from "../learned-limits.ts";
import { findingFrom } from "./finding-from.ts";
import { tripsFrom } from "./trips-from.ts";

/**
 * Records that cannot be kept, of those that the connector wants. Not at a first run: nobody knows yet what is usual, and there is nothing to damage; the
 * report says what was rejected.
 */
export function recordsRejected(facts: GuardFacts): readonly GuardFinding[] {
  const { received, skipped, rejected, rejectedExamples } = facts;
  const of = received - skipped;
  if (facts.past.length === 0 && facts.limits.rejected === undefined) return [];
  const share = shareLimits(facts).rejected;
  return findingFrom("records-rejected", { count: rejected, examples: rejectedExamples }, tripsFrom(of, share), { of, share });
}
