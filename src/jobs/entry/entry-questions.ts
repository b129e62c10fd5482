import { wordsOfColumn } from "../../french/template-cells.ts";
import { templateNotes } from "../../french/template-notes.ts";
import { type TemplateColumn, type TemplateField, templateColumns, titlesOf } from "../../kit/platforms/template-columns.ts";
import { limits } from "../../model/aid/aid.ts";

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
const texts: readonly TemplateField[] = ["description", "eligibility", "projectExamples", "contact"];
const links: readonly TemplateField[] = ["originUrl", "applicationUrl"];
const lengths: Readonly<Partial<Record<TemplateField, number>>> = {
  externalId: limits.line,
  name: limits.name,
  shortTitle: limits.shortTitle,
  subventionComment: limits.line,
  contactPhone: limits.contactPhone,
  otherFinancialAidComment: limits.otherFinancialAidComment,
  originUrl: limits.url,
  applicationUrl: limits.url,
};
/** Hints that differ from the notes of the template, which speak of columns and cells. */
const hints: Readonly<Partial<Record<TemplateField, string>>> = {
  externalId: "Un code ou un numéro qui désigne l’aide pour toujours. Laissez vide : il sera fait à partir du titre.",
  description: "L’aide et ses objectifs. Une ligne vide commence un paragraphe.",
  targetedAudiences: "",
  aidTypes: "",
  destinations: "Obligatoire pour une aide financière.",
  mobilizationSteps: "",
  categories: "",
  startDate: "Premier jour pour candidater.",
  predepositDate: "Dernier jour du pré-dépôt, s’il y en a un.",
  submissionDeadline: "Dernier jour pour candidater. Obligatoire si l’aide est ponctuelle ou récurrente.",
  isCallForProject: "",
  scale: "Ce que désignent les territoires ci-dessous. Pour toute la France, la métropole, l’outre-mer ou l’Union européenne, elle suffit.",
  sourceUpdatedDate: "Jour où cette aide a été relue pour la dernière fois.",
};

function controlOf({ field, holds, vocabulary, times = 1 }: TemplateColumn): EntryControl {
  if (holds === "day") return "day";
  if (vocabulary !== undefined) return times > 1 ? "terms" : "choice";
  if (holds === "yesNo" || holds === "scale") return "choice";
  const name = field as TemplateField;
  if (texts.includes(name)) return "text";
  if (links.includes(name)) return "link";
  return name === "contactEmail" ? "email" : "line";
}

function questionOf(column: TemplateColumn): EntryQuestion {
  const field = column.field as TemplateField;
  const control = controlOf(column);
  return {
    field,
    label: column.title,
    hint: hints[field] ?? templateNotes[field].note,
    isRequired: column.isRequired === true && field !== "externalId",
    control,
    words: control === "choice" ? (wordsOfColumn(column)?.labels ?? []) : [],
    titles: titlesOf(column),
    maxLength: lengths[field] ?? (control === "text" ? maxText : maxLine),
  };
}

/** All questions by field. */
export const entryQuestions = Object.fromEntries(
  templateColumns.map((column) => [column.field, questionOf(column)]),
) as unknown as Readonly<Record<TemplateField, EntryQuestion>>;

/** The sections of the form. Each field of the template is in one of them. */
export const entryParts: readonly { readonly title: string; readonly fields: readonly TemplateField[]; readonly isFolded?: boolean }[] = [
  { title: "L’aide", fields: ["name", "description", "eligibility"] },
  { title: "Pour qui, pour quoi", fields: ["targetedAudiences", "aidTypes", "destinations", "mobilizationSteps", "categories"] },
  { title: "Où", isFolded: true, fields: ["scale", "perimeters"] },
  { title: "Quand", isFolded: true, fields: ["recurrence", "startDate", "predepositDate", "submissionDeadline"] },
  { title: "Qui finance, qui instruit", isFolded: true, fields: ["financers", "instructors"] },
  { title: "Contact et liens", isFolded: true, fields: ["contact", "contactEmail", "contactPhone", "originUrl", "applicationUrl"] },
  {
    title: "Combien",
    isFolded: true,
    fields: ["subventionRateUpperBound", "subventionComment", "loanAmount", "recoverableAdvanceAmount", "otherFinancialAidComment"],
  },
  {
    title: "Autres précisions",
    isFolded: true,
    fields: [
      "projectExamples",
      "externalId",
      "isCallForProject",
      "shortTitle",
      "isCharged",
      "europeanAid",
      "programs",
      "keywords",
      "sourceUpdatedDate",
    ],
  },
];
