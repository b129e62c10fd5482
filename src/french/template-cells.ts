import { templateScales } from "../kit/platforms/moisson-template.ts";
import { type TemplateColumn, templateColumns, titlesOf } from "../kit/platforms/template-columns.ts";
import { vocabularies } from "../model/vocabularies.ts";
import { templateNotes } from "./template-notes.ts";

export interface TemplateCell {
  readonly title: string;
  readonly isRequired: boolean;
  readonly note: string;
  /** Value in the example row. */
  readonly example: string;
  readonly holds: TemplateColumn["holds"];
  /** Allowed words, or null for any text. */
  readonly words: { readonly name: string; readonly labels: readonly string[] } | null;
}

/** All columns, in order. */
export const templateCells: readonly TemplateCell[] = templateColumns.flatMap((column: (typeof templateColumns)[number]) => {
  const { note, example } = templateNotes[column.field];
  const given: TemplateColumn = column;
  return titlesOf(column).map((title, index) => ({
    title,
    isRequired: given.isRequired === true && index === 0,
    note,
    example: typeof example === "string" ? example : (example[index] ?? ""),
    holds: given.holds,
    words: wordsOfColumn(given),
  }));
});

/** Returns the allowed words of a column, or null for any text. */
export function wordsOfColumn({ vocabulary, holds, title }: TemplateColumn): TemplateCell["words"] {
  if (vocabulary !== undefined) return { name: title, labels: vocabularies[vocabulary].map(({ label }) => label) };
  if (holds === "scale") return { name: title, labels: Object.keys(templateScales) };
  return holds === "yesNo" ? { name: "Oui ou non", labels: ["oui", "non"] } : null;
}
