import type { AidField } from "../../model/aid/aid.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import type { Change } from "../../model/plan/plan.ts";

/** True where a change makes the catalogue show another value of some field. */
export function changesWhatIsShown({ fields }: Pick<Change, "fields">): boolean {
  return Object.entries(fields).some(
    ([field, { action, current, incoming }]) =>
      (action === "apply" || action === "fill") && !sameValue(field as AidField, current, incoming),
  );
}
