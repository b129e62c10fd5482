import type { AidField } from "../../model/aid/aid.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";

/** A field of an aid in the template that we give to publishers. */
export interface TemplateColumn {
  readonly field: AidField | "externalId" | "scale";
  /** French, as it stands in the first row, but for what says that it is required. */
  readonly title: string;
  readonly isRequired?: boolean;
  /** In so many columns, one term in each: a cell's list gives one. */
  readonly times?: number;
  /** What a cell of it is. Default: text. */
  readonly holds?: "day" | "yesNo" | "amount" | "list" | "scale" | "territories";
  /** Words of this vocabulary. */
  readonly vocabulary?: VocabularyName;
}

/** The columns of our template, in order. Taken away or moved they do no harm; under another title they are not read. */
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

/** The identifier of the row that shows how a row is filled in: it is no aid. */
export const exampleIdentifier = "EXEMPLE";

/** The titles of a column as they stand in the first row: several where it holds one term in each. */
export function titlesOf({ title, isRequired, times = 1 }: TemplateColumn): readonly string[] {
  const mark = (text: string, isFirst: boolean) => (isRequired === true && isFirst ? `${text} (obligatoire)` : text);
  return Array.from({ length: times }, (_, index) => mark(times === 1 ? title : `${title} ${index + 1}`, index === 0));
}
