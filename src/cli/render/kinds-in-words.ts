import type { KindCounts } from "../../catalogue/plans/plan-reader.ts";
import { changeKinds } from "../../model/plan/plan.ts";

/** Changes by kind, in the words that `--only` takes: "12 create, 3 update"; empty where there are none. */
export function kindsInWords(kinds: KindCounts): string {
  return changeKinds.flatMap((kind) => (kinds[kind] ? [`${kinds[kind]} ${kind}`] : [])).join(", ");
}
