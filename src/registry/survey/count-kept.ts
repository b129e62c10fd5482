import { holds } from "../../kit/expressions/evaluate-condition.ts";
import { conditionsOf, type KeepWhen } from "./left-out.ts";
import type { Values } from "./survey.ts";

/** Counts the records that would be imported. */
export function countKept(records: readonly Values[], keepWhen: KeepWhen | undefined): number {
  const conditions = conditionsOf(keepWhen);
  return records.filter((values) => conditions.every((when) => holds(when, values))).length;
}
