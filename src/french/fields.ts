import type { AidField } from "../model/aid/aid.ts";

const names: Readonly<Record<AidField, string>> = {
  name: "titre",
  nameInitial: "titre d’origine",
  shortTitle: "référence de l’appel ou du programme",
  description: "description",
  eligibility: "conditions d’éligibilité",
  projectExamples: "exemples de projets",
  contact: "contact",
  contactEmail: "adresse électronique du contact",
  contactPhone: "téléphone du contact",
  contactDetail: "autres précisions sur le contact",
  originUrl: "lien vers la page de l’aide",
  originUrlText: "texte du lien vers la page de l’aide",
  applicationUrl: "lien pour candidater",
  applicationUrlText: "texte du lien pour candidater",
  isCallForProject: "appel à projets ou à manifestation d’intérêt",
  isCharged: "aide payante",
  inFranceRelance: "plan France Relance",
  europeanAid: "aide européenne",
  startDate: "date d’ouverture",
  predepositDate: "date de pré-dépôt",
  submissionDeadline: "date de clôture",
  submissionDeadlineTime: "heure de clôture",
  recurrence: "récurrence",
  aidTypes: "types d’aide",
  targetedAudiences: "publics visés",
  destinations: "types de dépenses",
  mobilizationSteps: "état d’avancement du projet",
  categories: "thématiques",
  keywords: "mots-clés",
  programs: "programmes",
  projectReferences: "projets référents",
  financers: "financeurs",
  financerSuggestion: "financeur suggéré",
  instructors: "instructeurs",
  instructorSuggestion: "instructeur suggéré",
  perimeters: "territoires",
  perimeterExclusions: "territoires exclus",
  perimeterSuggestion: "territoire suggéré",
  subventionRateLowerBound: "taux de subvention minimal",
  subventionRateUpperBound: "taux de subvention maximal",
  subventionComment: "commentaire sur le taux de subvention",
  loanAmount: "montant du prêt",
  recoverableAdvanceAmount: "montant de l’avance récupérable",
  otherFinancialAidComment: "commentaire sur une autre aide financière",
  importDataUrl: "page d’origine des données",
  importDataMention: "mention de la source",
  importShareLicence: "licence des données",
  sourceUpdatedDate: "date de mise à jour par le producteur",
  language: "langue",
  outOfScope: "motif de mise hors champ",
};

/** Returns the French name of an aid's field, without article or capital. */
export function fieldName(field: AidField): string {
  return names[field];
}

/** Same as `fieldName` for a field of an issue, which may be one of the feed's: such a name is returned unchanged. */
export function fieldNameOrKey(field: string): string {
  if (field === "externalId") return "identifiant";
  return isAidField(field) ? names[field] : field;
}

function isAidField(field: string): field is AidField {
  return Object.hasOwn(names, field);
}
