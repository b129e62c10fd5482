import { templateNotes, wordsOfColumn } from "../../french/template-cells.ts";
import {
  type TemplateColumn,
  type TemplateField,
  type TemplatePart,
  templateColumns,
  titlesOf,
} from "../../kit/platforms/template-columns.ts";
import { maxLengthOf } from "../../model/aid/aid.ts";
import { kindOf, limits } from "../../model/aid/field-table.ts";

/** The kinds of controls. `terms`: boxes of a vocabulary; `choice`: one word of a list. */
type EntryControl = "line" | "text" | "link" | "email" | "day" | "choice" | "terms";

/** A question of the form: a field of our template. Repeated columns, such as `Thématique 1` and `Thématique 2`, are one question. */
export interface EntryQuestion {
  readonly field: TemplateField;
  readonly label: string;
  readonly hint: string;
  readonly isRequired: boolean;
  readonly control: EntryControl;
  /** Words of a choice. */
  readonly words: readonly string[];
  /** Titles of its columns in the file. */
  readonly titles: readonly string[];
  readonly maxLength: number;
}

const maxText = 20_000;
const maxLine = 2000;
function controlOf({ field, holds, vocabulary, times = 1 }: TemplateColumn): EntryControl {
  if (holds === "day") return "day";
  if (vocabulary !== undefined) return times > 1 ? "terms" : "choice";
  if (holds === "yesNo" || holds === "scale") return "choice";
  if (field === "contactEmail") return "email";
  const kind = field === "scale" ? "line" : kindOf(field);
  return kind === "link" ? "link" : kind === "html" ? "text" : "line";
}

/** Only the lengths of single values are limits of the schema. A list may be longer. */
function lengthOf(field: TemplateField): number {
  if (field === "scale") return maxLine;
  return field === "externalId" ? limits.line : (maxLengthOf(field) ?? maxLine);
}

function questionOf(column: TemplateColumn): EntryQuestion {
  const field = column.field as TemplateField;
  const control = controlOf(column);
  return {
    field,
    label: column.title,
    hint: templateNotes[field].hint ?? templateNotes[field].note,
    isRequired: column.isRequired === true && field !== "externalId",
    control,
    words: control === "choice" ? (wordsOfColumn(column)?.labels ?? []) : [],
    titles: titlesOf(column),
    maxLength: control === "text" ? maxText : control === "line" || control === "link" ? lengthOf(field) : maxLine,
  };
}

/** All questions by field. */
export const entryQuestions = Object.fromEntries(
  templateColumns.map((column) => [column.field, questionOf(column)]),
) as unknown as Readonly<Record<TemplateField, EntryQuestion>>;

/** The sections of the form, in order. */
const sections: Readonly<Record<TemplatePart, { readonly title: string; readonly isFolded?: boolean }>> = {
  aid: { title: "L’aide" },
  audience: { title: "Pour qui, pour quoi" },
  where: { title: "Où", isFolded: true },
  when: { title: "Quand", isFolded: true },
  organisations: { title: "Qui finance, qui instruit", isFolded: true },
  contact: { title: "Contact et liens", isFolded: true },
  amounts: { title: "Combien", isFolded: true },
  details: { title: "Autres précisions", isFolded: true },
};

/** The sections with their fields. Each field of the template is in one of them. */
export const entryParts: readonly { readonly title: string; readonly fields: readonly TemplateField[]; readonly isFolded?: boolean }[] =
  Object.entries(sections).map(([part, section]) => ({
    ...section,
    fields: templateColumns.filter((column) => column.part === part).map(({ field }) => field),
  }));
