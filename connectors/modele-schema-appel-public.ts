import {
  firstOf,
  identifier,
  join,
  siteTerritories,
  siteTerritorySuggestion,
  slug,
  split,
  spreadsheet,
  terms,
  text,
  when,
} from "moisson/connector-kit";

const territory = "Zone géographique couverte par l'aide*";
const title = "Nom de l'aide*";
const ownTitle = "Nom de l'aide du porteur";

/**
 * The Excel file of March 2022 that publishers filled in to send many aids to Aides-territoires. `modele-xlsx` and `modele-csv` read its
 * successor.
 *
 * Oddities:
 * - rows 1–7 explain the file. Row 8 names groups of columns, row 9 contains the titles, and row 10 contains hints. A hundred numbered rows
 *   follow. Rows with only a number are not aids;
 * - `*` marks required columns;
 * - two publishers may use the same identifier, and identifiers may be missing;
 * - categories are separated by `;`. Each is written as `theme > category`.
 */
export const connector = spreadsheet({
  id: "modele-schema-appel-public",
  publisher: {
    name: "Modèle de saisie en nombre d'Aides-territoires (2022)",
    kind: "any",
    territory: { scale: "country", code: "FRA" },
    website: "https://aides-territoires.beta.gouv.fr/",
    licence: "unknown",
  },
  reuse: { basis: "unknown", note: "dépend de qui remplit le modèle" },
  feed: { urlFrom: "MOISSON_URL_MODELE_SCHEMA_APPEL_PUBLIC" },
  format: "excel",
  headerRow: 9,
  skipRows: 1,
  columns: {
    name: title,
    programs: "Programme d'aides",
    financers: "Porteur.s de l'aide*",
    instructors: "Instructeur.s de l'aide",
    targetedAudiences: "Bénéficiaire.s de l'aide*",
    aidTypes: "Type.s d'aides*",
    subventionRateLowerBound: "Taux de subvention, min. (en %, nombre entier)",
    subventionRateUpperBound: "Taux de subvention max. (en %, nombre entier)",
    subventionComment: "Taux de subvention, commentaire optionnel",
    isCallForProject: "S'agit-il d'un appel à projets (AAP) ou d'un appel à manifestation d'intérêt (AMI) ?",
    description: "Description complète de l'aide et de ses objectifs*",
    projectExamples: "Exemples d'applications ou de projets réalisés grâce à cette aide",
    recurrence: "Récurrence de l'aide*",
    startDate: "Date d'ouverture",
    predepositDate: "Date de pré-dépôt",
    submissionDeadline: "Date de clôture",
    eligibility: "Conditions d'éligibilité",
    mobilizationSteps: "État d'avancement du projet pour bénéficier du dispositif*",
    destinations: "Types de dépenses / actions couvertes",
    originUrl: "Lien vers le descriptif complet",
    applicationUrl: "Lien vers la démarche en ligne",
    contact: "Contact(s) pour candidater*",
    importDataUrl: "Url d'origine de la donnée importée",
    inFranceRelance: "Aides France Relance\u00a0:",
  },
  ignored: [
    "Champs contributeur",
    "Fragment d'URL",
    "Auteur",
    "Statut",
    "Date de création",
    "Date de mise à jour",
    "Première date de publication",
    "Importé\u00a0?",
  ],
  fields: {
    externalId: identifier(
      when(
        { any: [title, ownTitle, "ID de l'aide du porteur"].map((field) => ({ field, isFilled: true })) },
        join(["SIREN du porteur*", firstOf("ID de l'aide du porteur", slug(firstOf(ownTitle, title)))], "/"),
      ),
    ),
    name: text(firstOf(title, ownTitle)),
    nameInitial: text(firstOf(ownTitle, title)),
    categories: terms(split(split("Thématique > Sous-thématiques*", ";"), ">"), "categories"),
    perimeters: siteTerritories(territory),
    perimeterSuggestion: siteTerritorySuggestion(territory),
  },
});
