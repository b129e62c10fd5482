import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { AidField } from "../model/aid/aid.ts";
import { layersOf } from "../model/aid/layers-of.ts";
import { shownValue } from "../model/aid/shown-value.ts";
import type { Objection } from "../model/plan/objection.ts";
import type { AidState, Change, ChangeKind, FieldAction, FieldChange, FieldLayers } from "../model/plan/plan.ts";
import type { Curator } from "./person-plan.ts";

/** What becomes of an aid that a person acts on: a change, with what they should know of it, or why there is none. */
export type Verdict = { readonly change: Change; readonly cautions: readonly Objection[] } | { readonly refused: Objection };

/** A person's change of an aid as it is now; the note goes with it, so that it is kept whoever applies the plan. */
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

/** What a person does with a field: `after` is what lies over the publisher's value then. */
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

/** A verdict that there is no change. */
export function refused(code: Objection["code"], params: Objection["params"] = {}): { readonly refused: Objection } {
  return { refused: { code, params } };
}

/** Why nothing can be done to an aid that a person took out of the catalogue, but to take it back; null for any other. */
export function outOfCatalogue({ status, mergedInto }: CuratedAid): Objection | null {
  if (status === "deleted") return { code: "is-rejected", params: {} };
  return status === "merged" ? { code: "is-merged", params: { into: mergedInto ?? "" } } : null;
}
