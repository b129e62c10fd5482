import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";

/** The very feed whose run a person has undone is not applied again by itself. */
export function undoneBefore({ undoneBefore: undone }: GuardFacts): readonly GuardFinding[] {
  return undone === null ? [] : [{ code: "undone-before", found: 1, limit: 1, examples: [], params: { by: undone.by, day: undone.day } }];
}
