import type { ConnectorInput } from "../../kit/definition.ts";
import { holds } from "../../kit/expressions/evaluate-condition.ts";
import type { Values } from "../../model/run/values.ts";
import type { Survey } from "../survey.ts";
import { conditionsOf, type KeepWhen } from "./keep-when.ts";

/** Minimum number of records for which a minimum is proposed. */
const minToExpect = 20;

/** Proposes half of the current number of imported records as minimum of a run. */
export function expected({ received, announced, records }: Survey, keepWhen: KeepWhen | undefined): Pick<ConnectorInput, "expect"> {
  const share = records.length === 0 ? 1 : countKept(records, keepWhen) / records.length;
  const usual = Math.round(Math.max(received, announced ?? 0) * share);
  return usual < minToExpect ? {} : { expect: { atLeast: Math.floor(usual / 2) } };
}

/** Counts the records that would be imported. */
export function countKept(records: readonly Values[], keepWhen: KeepWhen | undefined): number {
  const conditions = conditionsOf(keepWhen);
  return records.filter((values) => conditions.every((when) => holds(when, values))).length;
}
