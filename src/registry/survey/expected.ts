import type { ConnectorInput } from "../../kit/definition.ts";
import { countKept } from "./count-kept.ts";
import type { KeepWhen } from "./left-out.ts";
import type { Survey } from "./survey.ts";

/** A feed with fewer records than that has no number that is normal. */
const fewestToExpect = 20;

/** Half of what counts now: a feed that shrinks more than that is looked at. */
export function expected({ received, announced, records }: Survey, keepWhen: KeepWhen | undefined): Pick<ConnectorInput, "expect"> {
  const share = records.length === 0 ? 1 : countKept(records, keepWhen) / records.length;
  const usual = Math.round(Math.max(received, announced ?? 0) * share);
  return usual < fewestToExpect ? {} : { expect: { atLeast: Math.floor(usual / 2) } };
}
