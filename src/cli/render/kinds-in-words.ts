import type { KindCounts } from "../../catalogue/plans/plan-reader.ts";
import { changeKinds } from "../../model/plan/plan.ts";

/** Returns counts by kind, with the names of `--only`: "12 create, 3 update"; empty if there are none. */
export function kindsInWords(kinds: KindCounts): string {
  return changeKinds.flatMap((kind) => (kinds[kind] ? [`${kinds[kind]} ${kind}`] : [])).join(", ");
}
