import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";

/** Fewer aids than the connector says that a healthy feed has. */
export function fewerThanExpected({ valid, atLeast }: GuardFacts): readonly GuardFinding[] {
  return atLeast === null || valid >= atLeast ? [] : [{ code: "fewer-than-expected", found: valid, limit: atLeast, examples: [] }];
}
