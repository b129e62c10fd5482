import { type AidField, aidFields } from "../../model/aid/aid.ts";
import type { PerField } from "../../model/plan/plan.ts";
import type { Form } from "../route.ts";
import { controlOf } from "./field-controls.ts";
import { readTyped } from "./read-typed.ts";
import { type Typed, typedMark } from "./typed-value.ts";

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
