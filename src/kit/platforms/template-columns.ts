import type { AidField } from "../../model/aid/aid.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";

/** A field in the template for publishers. */
export interface TemplateColumn {
  readonly field: AidField | "externalId" | "scale";
  /** French title in the first row, without "(obligatoire)". */
  readonly title: string;
  readonly isRequired?: boolean;
  /** Number of columns, each with one term. Default: 1. */
  readonly times?: number;
  /** Content of a cell. Default: a text. */
  readonly holds?: "day" | "yesNo" | "amount" | "list" | "scale" | "territories";
  /** Vocabulary of the terms. */
  readonly vocabulary?: VocabularyName;
}

/** Columns of our template in order. Users may remove or move columns. A column with another title is not read. */
export const templateColumns = [
  { field: "externalId", title: "Identifiant", isRequired: true },
  { field: "name", title: "Titre", isRequired: true },
  { field: "description", title: "Description", isRequired: true },
  { field: "eligibility", title: "Conditions d’éligibilité" },
  { field: "projectExamples", title: "Exemples de projets" },
  { field: "contact", title: "Contact", isRequired: true },
  { field: "contactEmail", title: "Courriel du contact" },
  { field: "contactPhone", title: "Téléphone du contact" },
  { field: "originUrl", title: "Lien vers la page de l’aide", isRequired: true },
  { field: "applicationUrl", title: "Lien pour candidater" },
  { field: "targetedAudiences", title: "Public visé", isRequired: true, times: 6, vocabulary: "targetedAudiences" },
  { field: "aidTypes", title: "Type d’aide", isRequired: true, times: 3, vocabulary: "aidTypes" },
  { field: "destinations", title: "Type de dépenses", times: 2, vocabulary: "destinations" },
  { field: "mobilizationSteps", title: "Avancement du projet", isRequired: true, times: 3, vocabulary: "mobilizationSteps" },
  { field: "categories", title: "Thématique", isRequired: true, times: 5, vocabulary: "categories" },
  { field: "recurrence", title: "Récurrence", isRequired: true, vocabulary: "recurrence" },
  { field: "startDate", title: "Date d’ouverture", holds: "day" },
  { field: "predepositDate", title: "Date limite de pré-dépôt", holds: "day" },
  { field: "submissionDeadline", title: "Date de clôture", holds: "day" },
  { field: "isCallForProject", title: "Appel à projets ou à manifestation d’intérêt", holds: "yesNo" },
  { field: "shortTitle", title: "Référence de l’appel" },
  { field: "financers", title: "Financeurs", isRequired: true, holds: "list" },
  { field: "instructors", title: "Instructeurs", holds: "list" },
  { field: "scale", title: "Échelle du territoire", isRequired: true, holds: "scale" },
  { field: "perimeters", title: "Territoires", holds: "territories" },
  { field: "subventionRateUpperBound", title: "Taux de subvention (%)" },
  { field: "subventionComment", title: "Précisions sur le taux" },
  { field: "loanAmount", title: "Montant maximal du prêt (€)", holds: "amount" },
  { field: "recoverableAdvanceAmount", title: "Montant maximal de l’avance récupérable (€)", holds: "amount" },
  { field: "otherFinancialAidComment", title: "Autre aide financière" },
  { field: "isCharged", title: "Aide payante", holds: "yesNo" },
  { field: "europeanAid", title: "Aide européenne", vocabulary: "europeanAid" },
  { field: "programs", title: "Programmes", holds: "list" },
  { field: "keywords", title: "Mots-clés", holds: "list" },
  { field: "sourceUpdatedDate", title: "Dernière mise à jour", holds: "day" },
] as const satisfies readonly TemplateColumn[];

/** A field of our template. */
export type TemplateField = (typeof templateColumns)[number]["field"];

/** Identifier of the example row. */
export const exampleIdentifier = "EXEMPLE";

/** Returns the titles of a column in the first row, one for each of its `times` columns. */
export function titlesOf({ title, isRequired, times = 1 }: TemplateColumn): readonly string[] {
  const mark = (text: string, isFirst: boolean) => (isRequired === true && isFirst ? `${text} (obligatoire)` : text);
  return Array.from({ length: times }, (_, index) => mark(times === 1 ? title : `${title} ${index + 1}`, index === 0));
}
