import type { AidField } from "../../model/aid/aid.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";

/** The sections of the form for one aid. */
export type TemplatePart = "aid" | "audience" | "where" | "when" | "organisations" | "contact" | "amounts" | "details";

/** A field in the template for publishers. */
export interface TemplateColumn {
  readonly field: AidField | "externalId" | "scale";
  /** Section of the form for one aid. */
  readonly part: TemplatePart;
  /** French title in the first row, without "(obligatoire)". */
  readonly title: string;
  readonly isRequired?: boolean;
  /** Number of columns, each with one term. Default: 1. */
  readonly times?: number;
  /** Content of a cell. Default: a text. */
  readonly holds?: "day" | "yesNo" | "amount" | "list" | "scale" | "territories";
  readonly vocabulary?: VocabularyName;
}

/** Columns of our template in order. Users may remove or move columns. A column with another title is not read. */
export const templateColumns = [
  { field: "externalId", part: "details", title: "Identifiant", isRequired: true },
  { field: "name", part: "aid", title: "Titre", isRequired: true },
  { field: "description", part: "aid", title: "Description", isRequired: true },
  { field: "eligibility", part: "aid", title: "Conditions d’éligibilité" },
  { field: "projectExamples", part: "details", title: "Exemples de projets" },
  { field: "contact", part: "contact", title: "Contact", isRequired: true },
  { field: "contactEmail", part: "contact", title: "Courriel du contact" },
  { field: "contactPhone", part: "contact", title: "Téléphone du contact" },
  { field: "originUrl", part: "contact", title: "Lien vers la page de l’aide", isRequired: true },
  { field: "applicationUrl", part: "contact", title: "Lien pour candidater" },
  { field: "targetedAudiences", part: "audience", title: "Public visé", isRequired: true, times: 6, vocabulary: "targetedAudiences" },
  { field: "aidTypes", part: "audience", title: "Type d’aide", isRequired: true, times: 3, vocabulary: "aidTypes" },
  { field: "destinations", part: "audience", title: "Type de dépenses", times: 2, vocabulary: "destinations" },
  {
    field: "mobilizationSteps",
    part: "audience",
    title: "Avancement du projet",
    isRequired: true,
    times: 3,
    vocabulary: "mobilizationSteps",
  },
  { field: "categories", part: "audience", title: "Thématique", isRequired: true, times: 5, vocabulary: "categories" },
  { field: "recurrence", part: "when", title: "Récurrence", isRequired: true, vocabulary: "recurrence" },
  { field: "startDate", part: "when", title: "Date d’ouverture", holds: "day" },
  { field: "predepositDate", part: "when", title: "Date limite de pré-dépôt", holds: "day" },
  { field: "submissionDeadline", part: "when", title: "Date de clôture", holds: "day" },
  { field: "isCallForProject", part: "details", title: "Appel à projets ou à manifestation d’intérêt", holds: "yesNo" },
  { field: "shortTitle", part: "details", title: "Référence de l’appel" },
  { field: "financers", part: "organisations", title: "Financeurs", isRequired: true, holds: "list" },
  { field: "instructors", part: "organisations", title: "Instructeurs", holds: "list" },
  { field: "scale", part: "where", title: "Échelle du territoire", isRequired: true, holds: "scale" },
  { field: "perimeters", part: "where", title: "Territoires", holds: "territories" },
  { field: "subventionRateUpperBound", part: "amounts", title: "Taux de subvention (%)" },
  { field: "subventionComment", part: "amounts", title: "Précisions sur le taux" },
  { field: "loanAmount", part: "amounts", title: "Montant maximal du prêt (€)", holds: "amount" },
  { field: "recoverableAdvanceAmount", part: "amounts", title: "Montant maximal de l’avance récupérable (€)", holds: "amount" },
  { field: "otherFinancialAidComment", part: "amounts", title: "Autre aide financière" },
  { field: "isCharged", part: "details", title: "Aide payante", holds: "yesNo" },
  { field: "europeanAid", part: "details", title: "Aide européenne", vocabulary: "europeanAid" },
  { field: "programs", part: "details", title: "Programmes", holds: "list" },
  { field: "keywords", part: "details", title: "Mots-clés", holds: "list" },
  { field: "sourceUpdatedDate", part: "details", title: "Dernière mise à jour", holds: "day" },
] as const satisfies readonly TemplateColumn[];

export type TemplateField = (typeof templateColumns)[number]["field"];

/** Identifier of the example row. */
export const exampleIdentifier = "EXEMPLE";

/** Returns the titles of a column in the first row, one for each of its `times` columns. */
export function titlesOf({ title, isRequired, times = 1 }: TemplateColumn): readonly string[] {
  const mark = (text: string, isFirst: boolean) => (isRequired === true && isFirst ? `${text} (obligatoire)` : text);
  return Array.from({ length: times }, (_, index) => mark(times === 1 ? title : `${title} ${index + 1}`, index === 0));
}
