import { type AidField, aidFields } from "../../../model/aid/aid.ts";
import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";
import { healthyFillRate } from "../learned-limits.ts";
import { exceeding, fewestAids, tripsFrom } from "./trips-from.ts";

/** A fall of the fill rate that holds: 20 points. */
const fallThatHolds = 0.2;
/** A field that fewer aids fill than that comes and goes with single aids. */
const rarelyFilled = 0.1;

/** Fields that far fewer aids fill than in the last applied runs; what is furthest beyond its limit first. */
export function fieldEmptied(facts: GuardFacts): readonly GuardFinding[] {
  const findings: GuardFinding[] = [];
  for (const field of aidFields) {
    const found = facts.valid - filledCount(facts.valid, facts.fillRates[field]);
    const limit = emptyLimit(field, facts);
    if (found < limit) continue;
    findings.push({ code: "field-emptied", field, found, limit, examples: facts.lost[field] ?? [], params: emptyParams(field, facts) });
  }
  return findings.sort((a, b) => b.found - b.limit - (a.found - a.limit));
}

/** The number of aids without the field at which the guard trips. */
function emptyLimit(field: AidField, { valid, past, limits }: GuardFacts): number {
  const lowest = limits.filled?.[field];
  if (lowest !== undefined) return Math.max(exceeding(valid, 1 - lowest), fewestAids(valid));
  const healthy = healthyFillRate(past, field);
  if (healthy === null || healthy < rarelyFilled) return Number.POSITIVE_INFINITY;
  const usuallyFilled = filledCount(valid, healthy);
  // A field that one aid in five fills, or fewer, cannot fall by 20 points: it trips where nothing of it is left.
  return valid - usuallyFilled + tripsFrom(valid, Math.min(fallThatHolds, usuallyFilled / valid));
}

function filledCount(valid: number, rate = 0): number {
  return Math.round(rate * valid);
}

function emptyParams(field: AidField, { valid, past: [last] }: GuardFacts): NonNullable<GuardFinding["params"]> {
  if (last === undefined) return { of: valid };
  return { of: valid, pastEmpty: last.valid - filledCount(last.valid, last.fillRates[field]), pastOf: last.valid, pastDay: last.day };
}
