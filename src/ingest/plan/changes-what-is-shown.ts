import type { AidField } from "../../model/aid/aid.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import type { Change } from "../../model/plan/plan.ts";

/** Returns true if a change alters a value that the catalogue shows. */
export function changesWhatIsShown({ fields }: Pick<Change, "fields">): boolean {
  return Object.entries(fields).some(
    ([field, { action, current, incoming }]) =>
      (action === "apply" || action === "fill") && !sameValue(field as AidField, current, incoming),
  );
}
