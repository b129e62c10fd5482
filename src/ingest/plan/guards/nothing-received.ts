import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";

/** The feed holds no record. */
export function nothingReceived({ received, past: [last] }: GuardFacts): readonly GuardFinding[] {
  if (received > 0) return [];
  const before = last === undefined ? {} : { params: { pastReceived: last.received, pastDay: last.day } };
  return [{ code: "nothing-received", found: 0, limit: 1, examples: [], ...before }];
}
