import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";
import { shareLimits } from "../learned-limits.ts";
import { findingFrom } from "./finding-from.ts";
import { tripsFrom } from "./trips-from.ts";

/** Links that move to a host that the publisher never used: its domain may be somebody else's by now. */
export function linksMoved(facts: GuardFacts): readonly GuardFinding[] {
  const share = shareLimits(facts).linksMoved;
  const { moved, compared } = facts.links;
  return findingFrom("links-moved", moved, tripsFrom(compared, share), { of: compared, share });
}
