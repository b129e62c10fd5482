import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";
import { findingFrom } from "./finding-from.ts";

/** More than twice as many records with an unmapped term as in any of the last applied runs, and at least 5 more. */
export function unmappedRisen({ unmapped, past }: GuardFacts): readonly GuardFinding[] {
  if (past.length === 0) return [];
  const highest = Math.max(...past.map((run) => run.unmapped));
  return findingFrom("unmapped-risen", unmapped, Math.max(2 * highest + 1, highest + 5), { highest, runs: past.length });
}
