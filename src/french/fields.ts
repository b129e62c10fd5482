import { type AidField, type FormPart, limits } from "../model/aid/field-table.ts";
import { capitalize, french } from "./typography.ts";

/** French words for a field: its name, and what a person calls a column of it. */
interface FieldWords {
  /** Without article or capital. */
  readonly name: string;
  /** Completes « C’est… ». */
  readonly as: string;
  /** Title for readers. Default: the name. */
  readonly reader?: string;
  /** Advice on the form. */
  readonly hint?: string;
  /** Explains to a publisher what is missing. Default: the name. */
  readonly missing?: string;
}

const fields: Readonly<Record<AidField, FieldWords>> = {
  name: {
    name: "titre",
    as: "le titre de l’aide",
    hint: french`Commence par un verbe à l'infinitif ; ${limits.nameToPublish} caractères au plus pour publier.`,
    missing: "un titre de 180 caractères au plus, qui dit ce que l’aide finance",
  },
  nameInitial: { name: "titre d’origine", as: "le titre d’origine, avant réécriture", hint: "Le titre du producteur, tel quel." },
  shortTitle: {
    name: "référence de l’appel ou du programme",
    as: "la référence de l’appel",
    hint: french`${limits.shortTitle} caractères au plus.`,
  },
  description: {
    name: "description",
    as: "la description : ce que l’aide finance",
    missing: "une description : à quoi l’aide sert, ce qu’elle finance",
  },
  eligibility: { name: "conditions d’éligibilité", as: "les conditions à remplir", reader: "Conditions" },
  projectExamples: { name: "exemples de projets", as: "des exemples de projets" },
  contact: { name: "contact", as: "le contact : à qui s’adresser", missing: "un contact : à quel service s’adresser" },
  contactEmail: { name: "adresse électronique du contact", as: "l’adresse électronique du contact", reader: "Adresse électronique" },
  contactPhone: { name: "téléphone du contact", as: "le téléphone du contact", reader: "Téléphone" },
  contactDetail: { name: "autres précisions sur le contact", as: "une autre précision sur le contact" },
  originUrl: {
    name: "lien vers la page de l’aide",
    as: "le lien vers la page de l’aide",
    reader: "En savoir plus",
    missing: "le lien vers la page de l’aide, sur votre site",
  },
  originUrlText: { name: "texte du lien vers la page de l’aide", as: "le texte du lien vers la page" },
  applicationUrl: { name: "lien pour candidater", as: "le lien pour candidater", reader: "Candidater" },
  applicationUrlText: { name: "texte du lien pour candidater", as: "le texte du lien pour candidater" },
  isCallForProject: { name: "appel à projets ou à manifestation d’intérêt", as: "si c’est un appel à projets" },
  isCharged: { name: "aide payante", as: "si l’aide est payante" },
  inFranceRelance: { name: "plan France Relance", as: "si elle relève de France Relance" },
  europeanAid: { name: "aide européenne", as: "si c’est une aide européenne" },
  startDate: { name: "date d’ouverture", as: "la date d’ouverture", reader: "Ouverture" },
  predepositDate: { name: "date de pré-dépôt", as: "la date de pré-dépôt" },
  submissionDeadline: {
    name: "date de clôture",
    as: "la date de clôture",
    reader: "Date limite",
    missing: "la date limite pour candidater",
  },
  submissionDeadlineTime: {
    name: "heure de clôture",
    as: "l’heure de clôture",
    reader: "Heure limite",
    hint: french`Seulement si elle compte, par exemple 15:00.`,
  },
  recurrence: {
    name: "récurrence",
    as: "la récurrence : ponctuelle, permanente…",
    missing: "si l’aide est ponctuelle, revient chaque année, ou est permanente",
  },
  aidTypes: {
    name: "types d’aide",
    as: "la forme de l’aide : subvention, prêt, conseil…",
    missing: "ce qu’elle apporte : subvention, prêt, accompagnement…",
  },
  targetedAudiences: {
    name: "publics visés",
    as: "à qui l’aide s’adresse",
    reader: "Pour qui",
    missing: "à qui l’aide s’adresse : communes, intercommunalités, associations…",
  },
  destinations: {
    name: "types de dépenses",
    as: "les dépenses financées",
    missing: "ce qu’elle finance : investissement, fonctionnement…",
  },
  mobilizationSteps: { name: "état d’avancement du projet", as: "l’avancement du projet", missing: "à quel moment du projet la demander" },
  categories: { name: "thématiques", as: "les thématiques", missing: "les thématiques, par lesquelles on la trouve" },
  keywords: { name: "mots-clés", as: "des mots-clés" },
  programs: { name: "programmes", as: "le programme dont elle fait partie" },
  projectReferences: { name: "projets référents", as: "les projets référents" },
  financers: { name: "financeurs", as: "qui finance", reader: "Qui finance", missing: "qui la finance" },
  financerSuggestion: {
    name: "financeur suggéré",
    as: "qui finance, à vérifier",
    reader: "Qui finance",
    hint: "Quand aucun organisme ne peut être nommé.",
  },
  instructors: { name: "instructeurs", as: "qui instruit les dossiers", reader: "Qui instruit" },
  instructorSuggestion: {
    name: "instructeur suggéré",
    as: "qui instruit, à vérifier",
    reader: "Qui instruit",
    hint: "Quand aucun organisme ne peut être nommé.",
  },
  perimeters: { name: "territoires", as: "le territoire concerné", reader: "Où", missing: "sur quel territoire elle vaut" },
  perimeterExclusions: { name: "territoires exclus", as: "les territoires exclus", reader: "Sauf" },
  perimeterSuggestion: {
    name: "territoire suggéré",
    as: "le territoire, à vérifier",
    reader: "Où",
    hint: "Quand aucun territoire ne peut être nommé.",
  },
  subventionRateLowerBound: {
    name: "taux de subvention minimal",
    as: "le taux de subvention, au moins",
    hint: "En pourcentage, de 0 à 100.",
  },
  subventionRateUpperBound: {
    name: "taux de subvention maximal",
    as: "le taux de subvention, au plus",
    reader: "Taux de subvention, au plus",
    hint: french`En pourcentage ; un taux fixe se met ici seulement.`,
  },
  subventionComment: { name: "commentaire sur le taux de subvention", as: "une précision sur le montant ou le taux" },
  loanAmount: { name: "montant du prêt", as: "le montant du prêt", hint: "En euros." },
  recoverableAdvanceAmount: { name: "montant de l’avance récupérable", as: "le montant de l’avance récupérable", hint: "En euros." },
  otherFinancialAidComment: {
    name: "commentaire sur une autre aide financière",
    as: "une autre aide financière",
    hint: french`100 caractères au plus.`,
  },
  importDataUrl: { name: "page d’origine des données", as: "la page d’origine des données" },
  importDataMention: { name: "mention de la source", as: "la mention de la source" },
  importShareLicence: { name: "licence des données", as: "la licence des données" },
  sourceCreatedDate: { name: "date de création par le producteur", as: "la date de création de la fiche" },
  siteNumber: { name: "numéro sur Aides-territoires", as: "le numéro de l’aide sur Aides-territoires" },
  siteSlug: { name: "adresse sur Aides-territoires", as: "le nom de l’aide dans les adresses d’Aides-territoires" },
  sourceUpdatedDate: { name: "date de mise à jour par le producteur", as: "la date de mise à jour de la fiche" },
  language: { name: "langue", as: "la langue du texte", hint: "Deux lettres, comme fr." },
  outOfScope: { name: "motif de mise hors champ", as: "pourquoi l’aide est hors champ", hint: french`Vide : l'aide concerne nos publics.` },
};

/** The title of a section of forms. */
export const partNames: Readonly<Record<FormPart, string>> = {
  title: "Le titre",
  texts: "Les textes",
  audience: "Pour qui, pour quoi",
  where: "Où",
  when: "Quand",
  organisations: "Qui finance, qui instruit",
  amounts: "Combien",
  contact: "Contact",
  links: "Liens",
  details: "Autres précisions",
  source: "Source des données",
};

/** Returns the title of a field for readers of aids. */
export function readerName(field: AidField): string {
  return fields[field].reader ?? capitalize(fields[field].name);
}

/** Returns the advice for a field on the form, if any. */
export function fieldHint(field: AidField): string | undefined {
  return fields[field].hint;
}

/** Returns what a publisher must add if a field is missing. */
export function missingFieldName(field: AidField): string {
  return fields[field].missing ?? fields[field].name;
}

/** Returns what a person says of a column: « C’est le titre de l’aide ». */
export function fieldAs(field: AidField | "externalId"): string {
  return field === "externalId" ? "l’identifiant : un code qui ne change jamais" : fields[field].as;
}

/** Returns the French name of an aid's field, without article or capital. */
export function fieldName(field: AidField): string {
  return fields[field].name;
}

/** Same as `fieldName` for a field of an issue, which may be one of the feed's: such a name is returned unchanged. */
export function fieldNameOrKey(field: string): string {
  if (field === "externalId") return "identifiant";
  return isAidField(field) ? fields[field].name : field;
}

function isAidField(field: string): field is AidField {
  return Object.hasOwn(fields, field);
}
