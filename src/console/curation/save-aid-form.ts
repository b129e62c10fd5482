import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { decideEdit } from "../../curation/decide-edit.ts";
import { sentence } from "../../french/typography.ts";
import { CannotDo } from "../route.ts";
import type { Visit } from "../visit.ts";
import { actOnAid } from "./act-on-aid.ts";
import { findAid } from "./find-aid.ts";
import type { ReadAidForm } from "./read-aid-form.ts";

/** What became of a form of an aid. */
export type SavedAid =
  /** `planId`: null where nothing was changed in the form. `cautions`: what to know of it, without capital or full stop. */
  | { readonly saved: true; readonly planId: string | null; readonly cautions: readonly string[] }
  | { readonly problems: Readonly<Record<string, string>> }
  /** Somebody else was first: the aid as it is now. Nothing was saved. */
  | { readonly moved: CuratedAid };

/** Saves what a person changed in the form of an aid, over the revision that they saw and no other: a second save never overwrites the first. */
export async function saveAidForm(visit: Visit, aid: CuratedAid, read: ReadAidForm, note = ""): Promise<SavedAid> {
  if (Object.keys(read.problems).length > 0) return { problems: read.problems };
  if (read.revision !== aid.revision) return { moved: aid };
  const fields = Object.keys(read.values).join(", ");
  if (fields === "") return { saved: true, planId: null, cautions: [] };
  const decide = (each: CuratedAid, curator: Parameters<typeof decideEdit>[2]) =>
    decideEdit(each, { values: read.values, withdrawn: [] }, curator);
  const result = await actOnAid(visit, aid, { kind: "edit", asked: { fields }, note, decide });
  if ("moved" in result) return { moved: await findAid(visit, aid.aidId) };
  if ("refused" in result) {
    // What was typed otherwise and says the same is nothing to save.
    if (result.code === "already-so") return { saved: true, planId: null, cautions: [] };
    throw new CannotDo(sentence(result.refused));
  }
  return { saved: true, planId: result.planId, cautions: result.cautions };
}
