import type { AidField } from "../../model/aid/aid.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import type { Change } from "../../model/plan/plan.ts";

/** Counts changes for the run report. */
export class ChangeTally {
  updated = 0;
  restored = 0;
  ignored = 0;
  proposals = 0;

  /** An update that only adds proposals, or only changes values hidden by an edit, counts as unchanged. */
  add(change: Change | "unchanged" | "ignored"): void {
    if (change === "ignored") this.ignored++;
    if (typeof change === "string") return;
    for (const field of Object.values(change.fields)) if (field.action === "propose") this.proposals++;
    if (change.kind === "restore" || change.state?.withdrawnAt === null) this.restored++;
    else if (change.kind === "re-identify" || changesShownValue(change)) this.updated++;
  }
}

/** Returns true if a change alters a value that the catalogue shows. */
function changesShownValue({ fields }: Pick<Change, "fields">): boolean {
  return Object.entries(fields).some(
    ([field, { action, current, incoming }]) =>
      (action === "apply" || action === "fill") && !sameValue(field as AidField, current, incoming),
  );
}
