import type { GuardCode, GuardFinding } from "../../../model/plan/plan.ts";
import type { CountedAids } from "../guard-facts.ts";

const examplesSaid = 3;

/** The finding of a guard where as many aids as its limit were counted; nothing below. */
export function findingFrom(
  code: GuardCode,
  counted: CountedAids,
  limit: number,
  params: NonNullable<GuardFinding["params"]>,
): readonly GuardFinding[] {
  if (counted.count < limit) return [];
  return [{ code, found: counted.count, limit, examples: counted.examples.slice(0, examplesSaid), params }];
}
