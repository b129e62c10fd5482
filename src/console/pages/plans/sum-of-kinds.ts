import type { KindCounts } from "../../../catalogue/plans/plan-reader.ts";

/** How many changes there are of all kinds. */
export function sumOf(kinds: KindCounts): number {
  return Object.values(kinds).reduce((sum, count) => sum + count, 0);
}
