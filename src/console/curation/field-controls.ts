import { fieldName } from "../../french/fields.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { emptyValue } from "../../model/aid/canonical-value.ts";
import { vocabularyNames } from "../../model/vocabularies.ts";
import type { Choice } from "../parts/form.tsx";

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

const controls: Partial<Record<AidField, FieldControl>> = {
  description: "text",
  eligibility: "text",
  projectExamples: "text",
  contact: "text",
  originUrl: "link",
  applicationUrl: "link",
  importDataUrl: "link",
  startDate: "day",
  predepositDate: "day",
  submissionDeadline: "day",
  sourceUpdatedDate: "day",
  isCallForProject: "answer",
  isCharged: "answer",
  inFranceRelance: "answer",
  subventionRateLowerBound: "number",
  subventionRateUpperBound: "number",
  loanAmount: "number",
  recoverableAdvanceAmount: "number",
  financers: "organisations",
  instructors: "organisations",
  perimeters: "territories",
  perimeterExclusions: "territories",
};

/** Returns the kind of control of a field. */
export function controlOf(field: AidField): FieldControl {
  const control = controls[field];
  if (control !== undefined) return control;
  const isList = Array.isArray(emptyValue(field));
  if (vocabularyNames.some((name) => name === field)) return isList ? "terms" : "term";
  return isList ? "lines" : "line";
}

/** The sections of the form. */
export const formParts: readonly { readonly title: string; readonly fields: readonly AidField[]; readonly isRare?: boolean }[] = [
  { title: "Le titre", fields: ["name", "nameInitial", "shortTitle"] },
  { title: "Les textes", fields: ["description", "eligibility", "projectExamples"] },
  { title: "Pour qui, pour quoi", fields: ["targetedAudiences", "aidTypes", "mobilizationSteps", "destinations", "categories"] },
  { title: "Où", fields: ["perimeters", "perimeterExclusions", "perimeterSuggestion"] },
  {
    title: "Quand",
    fields: ["recurrence", "startDate", "predepositDate", "submissionDeadline", "submissionDeadlineTime"],
  },
  { title: "Qui finance, qui instruit", isRare: true, fields: ["financers", "financerSuggestion", "instructors", "instructorSuggestion"] },
  {
    title: "Combien",
    isRare: true,
    fields: [
      "subventionRateLowerBound",
      "subventionRateUpperBound",
      "subventionComment",
      "loanAmount",
      "recoverableAdvanceAmount",
      "otherFinancialAidComment",
    ],
  },
  { title: "Contact", isRare: true, fields: ["contact", "contactEmail", "contactPhone", "contactDetail"] },
  { title: "Liens", isRare: true, fields: ["originUrl", "originUrlText", "applicationUrl", "applicationUrlText"] },
  {
    title: "Autres précisions",
    isRare: true,
    fields: ["isCallForProject", "isCharged", "inFranceRelance", "europeanAid", "keywords", "programs", "projectReferences", "outOfScope"],
  },
  {
    title: "Source des données",
    isRare: true,
    fields: ["importDataUrl", "importDataMention", "importShareLicence", "sourceUpdatedDate", "language"],
  },
];

/** Returns the fields for which `isOffered` is true as options of a list, grouped like the sections of the form. */
export function fieldChoices(isOffered: (field: AidField) => boolean = () => true): readonly Choice[] {
  return formParts.flatMap(({ title, fields }) =>
    fields.filter(isOffered).map((value) => ({ value, label: fieldName(value), group: title })),
  );
}
