import { templateScales } from "../../../kit/platforms/moisson-template.ts";
import { type TemplateColumn, templateColumns, titlesOf } from "../../../kit/platforms/template-columns.ts";
import { vocabularies } from "../../../model/vocabularies.ts";
import { templateNotes } from "./template-notes.ts";

/** A column of the file, as it stands in it. */
export interface TemplateCell {
  readonly title: string;
  readonly isRequired: boolean;
  readonly note: string;
  /** In the row that shows how a row is filled in. */
  readonly example: string;
  readonly holds: TemplateColumn["holds"];
  /** Words of which it holds one; null: any. */
  readonly words: { readonly name: string; readonly labels: readonly string[] } | null;
}

/** Every column of the template, in order. */
export const templateCells: readonly TemplateCell[] = templateColumns.flatMap((column: (typeof templateColumns)[number]) => {
  const { note, example } = templateNotes[column.field];
  const given: TemplateColumn = column;
  return titlesOf(column).map((title, index) => ({
    title,
    isRequired: given.isRequired === true && index === 0,
    note,
    example: typeof example === "string" ? example : (example[index] ?? ""),
    holds: given.holds,
    words: wordsOf(given),
  }));
});

function wordsOf({ vocabulary, holds, title }: TemplateColumn): TemplateCell["words"] {
  if (vocabulary !== undefined) return { name: title, labels: vocabularies[vocabulary].map(({ label }) => label) };
  if (holds === "scale") return { name: title, labels: Object.keys(templateScales) };
  return holds === "yesNo" ? { name: "Oui ou non", labels: ["oui", "non"] } : null;
}
