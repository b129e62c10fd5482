import type { CuratedAid } from "../../catalogue/aids/aid-repository.ts";
import { decideEdit } from "../../curation/decide-edit.ts";
import { sentence } from "../../french/typography.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import type { PerField } from "../../model/plan/plan.ts";
import { CannotDo, type Form } from "../route.ts";
import type { Visit } from "../visit.ts";
import { actOnAid, findAid } from "./act-on-aid.ts";
import { controlOf } from "./field-controls.ts";
import { readTyped, type Typed, typedMark } from "./typed-value.ts";

/** What a person made of the form of an aid. Fields that they left as they were shown are in none of its parts. */
export interface ReadAidForm {
  /** Of the aid, when the form was shown; 0 where it says none. */
  readonly revision: number;
  /** What is to be saved. */
  readonly values: PerField<unknown>;
  /** By name in the form, for `Problems`. */
  readonly problems: Readonly<Record<string, string>>;
  /** As it was typed, so that `AidForm` shows it again. */
  readonly typed: PerField<Typed>;
}

/** Reads the fields of an `AidForm`: those that a person changed, and no others. */
export function readAidForm(form: Form): ReadAidForm {
  const values: Partial<Record<AidField, unknown>> = {};
  const typed: Partial<Record<AidField, Typed>> = {};
  const problems: Record<string, string> = {};
  for (const field of aidFields) {
    if (!form.has(markName(field))) continue;
    const now = controlOf(field) === "terms" ? form.all(inputName(field)) : form.text(inputName(field));
    if (typedMark(now) === form.text(markName(field))) continue;
    typed[field] = now;
    const read = readTyped(field, now);
    if ("problem" in read) problems[inputName(field)] = read.problem;
    else values[field] = read.value;
  }
  return { revision: Number(form.text("revision")) || 0, values, problems, typed };
}

/** Name of a field's control. */
export function inputName(field: AidField): string {
  return `aide.${field}`;
}

/** Name of the hidden field that tells what its control showed. */
export function markName(field: AidField): string {
  return `vu.${field}`;
}

/** What became of a form of an aid. */
type SavedAid =
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
