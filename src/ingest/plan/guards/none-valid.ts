import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";

/** Records came, and none could be kept. */
export function noneValid({ received, skipped, rejected, valid, rejectedExamples }: GuardFacts): readonly GuardFinding[] {
  if (received === 0 || valid > 0) return [];
  return [{ code: "none-valid", found: 0, limit: 1, examples: rejectedExamples.slice(0, 3), params: { received, skipped, rejected } }];
}
