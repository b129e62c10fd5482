import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";
import { findingFrom } from "./finding-from.ts";
import { fewestAids } from "./trips-from.ts";

/**
 * Every deadline of the feed is past, and it is this feed that closes aids which were open. Calls that ran out by themselves, in a feed that lies
 * dormant, hold nothing.
 */
export function deadlinesPast({ valid, deadlines, past }: GuardFacts): readonly GuardFinding[] {
  const fewest = fewestAids(valid);
  if (past.length === 0 || deadlines.closed < fewest) return [];
  return findingFrom("deadlines-past", deadlines.past, Math.max(deadlines.withDeadline, fewest), { closed: deadlines.closed });
}
