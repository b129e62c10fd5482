import { FieldRules } from "../../../../kit/field-rules.ts";
import { aidFields } from "../../../../model/aid/aid.ts";
import type { OwnField } from "../../../../model/survey/own-field.ts";

/** Fields that a rule can fill, in the order of an aid. */
export const ruledFields: readonly OwnField[] = (["externalId", ...aidFields] as const).filter((field) => field in FieldRules.shape);

/** Fields that belong together, with what a person says of a column: « C’est… ». */
interface FieldGroup {
  readonly title: string;
  readonly fields: readonly (readonly [field: OwnField, words: string])[];
}

/** Our fields in plain words, grouped. Contains every field that a rule can fill. */
export const fieldGroups: readonly FieldGroup[] = [
  {
    title: "L’aide",
    fields: [
      ["name", "le titre de l’aide"],
      ["description", "la description : ce que l’aide finance"],
      ["eligibility", "les conditions à remplir"],
      ["projectExamples", "des exemples de projets"],
      ["aidTypes", "la forme de l’aide : subvention, prêt, conseil…"],
      ["categories", "les thématiques"],
      ["keywords", "des mots-clés"],
      ["programs", "le programme dont elle fait partie"],
      ["isCallForProject", "si c’est un appel à projets"],
      ["europeanAid", "si c’est une aide européenne"],
      ["isCharged", "si l’aide est payante"],
      ["inFranceRelance", "si elle relève de France Relance"],
      ["externalId", "l’identifiant : un code qui ne change jamais"],
      ["shortTitle", "la référence de l’appel"],
      ["nameInitial", "le titre d’origine, avant réécriture"],
      ["projectReferences", "les projets référents"],
      ["language", "la langue du texte"],
      ["outOfScope", "pourquoi l’aide est hors champ"],
      ["sourceUpdatedDate", "la date de mise à jour de la fiche"],
    ],
  },
  {
    title: "Les dates",
    fields: [
      ["submissionDeadline", "la date de clôture"],
      ["submissionDeadlineTime", "l’heure de clôture"],
      ["startDate", "la date d’ouverture"],
      ["predepositDate", "la date de pré-dépôt"],
      ["recurrence", "la récurrence : ponctuelle, permanente…"],
    ],
  },
  {
    title: "L’argent",
    fields: [
      ["subventionRateUpperBound", "le taux de subvention, au plus"],
      ["subventionRateLowerBound", "le taux de subvention, au moins"],
      ["subventionComment", "une précision sur le montant ou le taux"],
      ["loanAmount", "le montant du prêt"],
      ["recoverableAdvanceAmount", "le montant de l’avance récupérable"],
      ["otherFinancialAidComment", "une autre aide financière"],
      ["destinations", "les dépenses financées"],
    ],
  },
  {
    title: "Qui",
    fields: [
      ["targetedAudiences", "à qui l’aide s’adresse"],
      ["mobilizationSteps", "l’avancement du projet"],
      ["financers", "qui finance"],
      ["financerSuggestion", "qui finance, à vérifier"],
      ["instructors", "qui instruit les dossiers"],
      ["instructorSuggestion", "qui instruit, à vérifier"],
    ],
  },
  {
    title: "Où",
    fields: [
      ["perimeters", "le territoire concerné"],
      ["perimeterExclusions", "les territoires exclus"],
      ["perimeterSuggestion", "le territoire, à vérifier"],
    ],
  },
  {
    title: "Le contact",
    fields: [
      ["contact", "le contact : à qui s’adresser"],
      ["contactEmail", "l’adresse électronique du contact"],
      ["contactPhone", "le téléphone du contact"],
      ["contactDetail", "une autre précision sur le contact"],
    ],
  },
  {
    title: "Les liens",
    fields: [
      ["originUrl", "le lien vers la page de l’aide"],
      ["applicationUrl", "le lien pour candidater"],
      ["originUrlText", "le texte du lien vers la page"],
      ["applicationUrlText", "le texte du lien pour candidater"],
      ["importDataUrl", "la page d’origine des données"],
      ["importDataMention", "la mention de la source"],
      ["importShareLicence", "la licence des données"],
    ],
  },
];
