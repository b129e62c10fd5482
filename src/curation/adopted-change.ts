import type { CuratedAid } from "../catalogue/aids/aid-repository.ts";
import type { AidField } from "../model/aid/aid.ts";
import type { FieldPolicy } from "../model/aid/field-policy.ts";
import { layersOf } from "../model/aid/layers-of.ts";
import { sameValue } from "../model/aid/same-value.ts";
import { shownValue } from "../model/aid/shown-value.ts";
import type { AidState, Change, FieldChange } from "../model/plan/plan.ts";
import { adoptedEdits } from "./adoption/compare-contents.ts";
import { siteAddressOf } from "./adoption/site-address.ts";
import type { LivePair } from "./match-live-aids.ts";
import type { Curator } from "./person-plan.ts";
import { personsChange, personsFieldChange } from "./persons-change.ts";

/**
 * Returns the change that adopts a live aid: status, page, and curators' values as edits. Edits made here stay, and so does the status of
 * an aid that is no longer in review. Null if nothing is left to adopt.
 */
export function adoptedChange(
  aid: CuratedAid,
  { live, match }: Pick<LivePair, "live" | "match">,
  policyOf: (field: AidField) => FieldPolicy,
  curator: Curator,
): Change | null {
  const fields: Partial<Record<AidField, FieldChange>> = {};
  for (const [name, value] of Object.entries(adoptedEdits(aid.imported, live, policyOf))) {
    const field = name as AidField;
    if (field in aid.edits || sameValue(field, value, shownValue(aid, field))) continue;
    const edit = { value, by: curator.by, at: curator.now.toISOString(), note: curator.note ?? null };
    fields[field] = personsFieldChange(aid, field, { incoming: value, action: "apply", after: { ...layersOf(aid, field), edit } });
  }
  const siteUrl = siteAddressOf(live);
  const state: Partial<AidState> = {
    ...(aid.status === "reviewable" && live.status !== "reviewable" && { status: live.status }),
    ...(siteUrl !== null && siteUrl !== aid.siteUrl && { siteUrl }),
  };
  if (Object.keys(fields).length === 0 && Object.keys(state).length === 0) return null;
  return { ...personsChange(aid, "adopt", curator, { fields, state }), match: { ...match, with: live.id } };
}
