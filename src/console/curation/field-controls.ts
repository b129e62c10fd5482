import { fieldName, partNames } from "../../french/fields.ts";
import { type AidField, type FieldKind, fieldsWhere, formParts, kindOf, type FormPart as Part } from "../../model/aid/field-table.ts";
import type { Choice } from "../parts/form-controls.tsx";

/** The kinds of form controls. */
export type FieldControl =
  | "line"
  | "link"
  | "text"
  | "day"
  | "number"
  | "answer"
  /** One term of a vocabulary. */
  | "term"
  /** Several terms of a vocabulary. */
  | "terms"
  /** Texts, one per line. */
  | "lines"
  | "organisations"
  | "territories";

const controls: Readonly<Record<FieldKind, FieldControl>> = {
  title: "line",
  line: "line",
  time: "line",
  language: "line",
  html: "text",
  link: "link",
  date: "day",
  flag: "answer",
  percent: "number",
  euros: "number",
  term: "term",
  licence: "term",
  terms: "terms",
  list: "lines",
  organisations: "organisations",
  places: "territories",
};

/** Returns the kind of control of a field. */
export function controlOf(field: AidField): FieldControl {
  return controls[kindOf(field)];
}

/** Sections that people rarely correct. */
const rareParts: ReadonlySet<Part> = new Set<Part>(["organisations", "amounts", "contact", "links", "details", "source"]);

/** The sections of the form. */
export const formSections: readonly { readonly title: string; readonly fields: readonly AidField[]; readonly isRare: boolean }[] =
  formParts.map((part) => ({ title: partNames[part], fields: fieldsWhere((facts) => facts.part === part), isRare: rareParts.has(part) }));

/** Returns the fields for which `isOffered` is true as options of a list, grouped like the sections of the form. */
export function fieldChoices(isOffered: (field: AidField) => boolean = () => true): readonly Choice[] {
  return formSections.flatMap(({ title, fields }) =>
    fields.filter(isOffered).map((value) => ({ value, label: fieldName(value), group: title })),
  );
}
