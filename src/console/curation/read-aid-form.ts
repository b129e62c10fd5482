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

/** The fields of a submitted `AidForm` that the person changed. */
export interface ReadAidForm {
  /** Revision of the aid when the form was shown; 0 if the form does not send it. */
  readonly revision: number;
  /** Values to save. */
  readonly values: PerField<unknown>;
  /** Problems by field name, for `Problems`. */
  readonly problems: Readonly<Record<string, string>>;
  /** Texts as typed, for `AidForm`. */
  readonly typed: PerField<Typed>;
}

/** Reads a submitted `AidForm`. */
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

/** Returns the name of a field's control. */
export function inputName(field: AidField): string {
  return `aide.${field}`;
}

/** Returns the name of the hidden field with the hash of the value shown. */
export function markName(field: AidField): string {
  return `vu.${field}`;
}

/** The result of saving a form. */
type SavedAid =
  /** `planId`: null if nothing changed. `cautions`: warnings without capital or full stop. */
  | { readonly saved: true; readonly planId: string | null; readonly cautions: readonly string[] }
  | { readonly problems: Readonly<Record<string, string>> }
  /** The current aid: somebody else changed it first, and nothing was saved. */
  | { readonly moved: CuratedAid };

/** Saves the changed fields, if nobody else has changed the aid since the form was shown. */
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
    // The typed text differs, but it has the same value.
    if (result.code === "already-so") return { saved: true, planId: null, cautions: [] };
    throw new CannotDo(sentence(result.refused));
  }
  return { saved: true, planId: result.planId, cautions: result.cautions };
}
