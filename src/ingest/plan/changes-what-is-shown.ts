import type { AidField } from "../../aid/aid.ts";
import type { Change } from "../../aid/plan.ts";
import { sameValue } from "../../aid/same-value.ts";

/** True where a change makes the catalogue show another value of some field. */
export function changesWhatIsShown({ fields }: Pick<Change, "fields">): boolean {
  return Object.entries(fields).some(
    ([field, { action, current, incoming }]) =>
      (action === "apply" || action === "fill") && !sameValue(field as AidField, current, incoming),
  );
}
