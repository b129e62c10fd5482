import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { AidField } from "../model/aid/aid.ts";
import { layersOf, shownValue } from "../model/aid/shown-value.ts";
import type { Objection } from "../model/plan/objection.ts";
import type { AidState, Change, ChangeKind, FieldAction, FieldChange, FieldLayers } from "../model/plan/plan.ts";
import type { Curator } from "./person-plan.ts";

/** Result of a person's act on an aid: a change with cautions, or an objection. */
export type Verdict = { readonly change: Change; readonly cautions: readonly Objection[] } | { readonly refused: Objection };

/** Makes a person's change to an aid. It contains the curator's note, because another person may apply the plan. */
export function personsChange(
  aid: CuratedAid,
  kind: ChangeKind,
  curator: Curator,
  what: { readonly fields?: Change["fields"]; readonly state?: Partial<AidState> },
): Change {
  return {
    aidId: aid.aidId,
    externalId: aid.externalId,
    kind,
    baseRevision: aid.revision,
    fields: what.fields ?? {},
    ...(what.state !== undefined && { state: what.state }),
    ...(curator.note !== undefined && { note: curator.note }),
  };
}

/** Makes a person's change to a field. `after`: the new layers above the publisher's value. */
export function personsFieldChange(
  aid: CuratedAid,
  field: AidField,
  what: { readonly incoming: unknown; readonly action: FieldAction; readonly after: FieldLayers },
): FieldChange {
  const before = layersOf(aid, field);
  return {
    last: aid.imported[field],
    current: shownValue(aid, field),
    incoming: what.incoming,
    action: what.action,
    ...(Object.keys(before).length > 0 && { before }),
    ...(Object.keys(what.after).length > 0 && { after: what.after }),
  };
}

/** Returns an objection as verdict. */
export function refused(code: Objection["code"], params: Objection["params"] = {}): { readonly refused: Objection } {
  return { refused: { code, params } };
}

/** Returns the objection for a rejected or merged aid, which can only be restored, or null. */
export function outOfCatalogue({ status, mergedInto }: CuratedAid): Objection | null {
  if (status === "deleted") return { code: "is-rejected", params: {} };
  return status === "merged" ? { code: "is-merged", params: { into: mergedInto ?? "" } } : null;
}
