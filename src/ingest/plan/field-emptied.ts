import { type AidField, aidFields } from "../../model/aid/aid.ts";
import type { GuardFinding } from "../../model/plan/plan.ts";
import type { GuardFacts } from "./guard-facts.ts";
import { exceeding, minAids, tripsFrom } from "./guard-thresholds.ts";
import { healthyFillRate } from "./learned-limits.ts";

/** A fill rate that falls by 20 points trips the guard. */
const maxFall = 0.2;
/** Fields filled less often come and go with single aids. */
const minFillRate = 0.1;

/** Finds fields that far fewer aids fill than in the last applied runs, the furthest beyond their limit first. */
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

/** Returns the number of aids without the field at which the guard trips. */
function emptyLimit(field: AidField, { valid, past, limits }: GuardFacts): number {
  const lowest = limits.filled?.[field];
  if (lowest !== undefined) return Math.max(exceeding(valid, 1 - lowest), minAids(valid));
  const healthy = healthyFillRate(past, field);
  if (healthy === null || healthy < minFillRate) return Number.POSITIVE_INFINITY;
  const usuallyFilled = filledCount(valid, healthy);
  // A field that at most one aid in five fills cannot fall by 20 points: it trips when it is empty everywhere.
  return valid - usuallyFilled + tripsFrom(valid, Math.min(maxFall, usuallyFilled / valid));
}

function filledCount(valid: number, rate = 0): number {
  return Math.round(rate * valid);
}

function emptyParams(field: AidField, { valid, past: [last] }: GuardFacts): NonNullable<GuardFinding["params"]> {
  if (last === undefined) return { of: valid };
  return { of: valid, pastEmpty: last.valid - filledCount(last.valid, last.fillRates[field]), pastOf: last.valid, pastDay: last.day };
}
