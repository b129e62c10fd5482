import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";

/** A connector that nobody has declared active is looked at before its aids come in. */
export function firstRunOfDraft({ isFirstRunOfDraft, valid, newIds }: GuardFacts): readonly GuardFinding[] {
  return isFirstRunOfDraft ? [{ code: "first-run-of-draft", found: valid, limit: 0, examples: newIds.examples.slice(0, 3) }] : [];
}
