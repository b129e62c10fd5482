import type { GuardFinding } from "../../../model/plan/plan.ts";
import type { GuardFacts } from "../guard-facts.ts";
import { shareLimits } from "../learned-limits.ts";
import { findingFrom } from "./finding-from.ts";
import { tripsFrom } from "./trips-from.ts";

/** Aids under ids that we do not hold, also where they are recognised as aids that we do: an id rule that changed doubles a catalogue. */
export function newIds({ held, valid, newIds: counted, past, limits }: GuardFacts): readonly GuardFinding[] {
  if (held === 0) return [];
  const share = shareLimits({ past, limits }).newIds;
  return findingFrom("new-ids", counted, tripsFrom(valid, share), { of: valid, share, renamed: counted.renamed });
}
