import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";
import { shareLimits } from "../learned-limits.ts";
import { findingFrom } from "./finding-from.ts";
import { tripsFrom } from "./trips-from.ts";

/** Aids of the last feed that are not in this one: 9 % passes, 10 % holds, as OpenAddresses does. */
export function aidsGone(facts: GuardFacts): readonly GuardFinding[] {
  const share = shareLimits(facts).gone;
  return findingFrom("aids-gone", facts.gone, tripsFrom(facts.held, share), { of: facts.held, share });
}
