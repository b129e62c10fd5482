import { dispositifAide, manualTemplate, spreadsheet } from "../../src/kit/index.ts";
import { aid, csvTable, jsonList, limits, type PlatformFeed, publisher } from "./platforms-feed.ts";
import { plainText, sheetRow } from "./platforms-workbook.ts";

/** Platforms that publish files: the national schema, handwritten sheets, the template of Aides-territoires. */
export const files: readonly PlatformFeed[] = [
  {
    name: "dispositifAide, CSV",
    define: (at) => dispositifAide({ id: "bench-schema-csv", publisher, format: "csv", feed: { url: `${at}/aides.csv`, ...limits } }),
    answer: (_, count) => ({ body: csvTable(count, schemaRow, ",") }),
  },
  {
    name: "dispositifAide, JSON",
    define: (at) => dispositifAide({ id: "bench-schema-json", publisher, format: "json", feed: { url: `${at}/aides.json`, ...limits } }),
    answer: (_, count) => ({ body: jsonList(count, schemaAid) }),
  },
  sheet("csv", "CSV", { answer: (_, count) => ({ body: csvTable(count, sheetRow) }) }),
  sheet("excel", "xlsx, texts in their cells", { workbook: "xlsx", answer: () => ({ body: "workbook" }) }),
  sheet("excel", "xlsx, texts shared", { workbook: "xlsx-shared", answer: () => ({ body: "workbook" }) }),
  sheet("excel", "ods", { workbook: "ods", answer: () => ({ body: "workbook" }) }),
  {
    name: "manualTemplate, CSV",
    define: (at) => manualTemplate({ id: "bench-template", decode: { format: "csv" }, feed: { url: `${at}/aides.csv`, ...limits } }),
    answer: (_, count) => ({ body: csvTable(count, templateRow) }),
  },
];

function sheet(format: "csv" | "excel", written: string, served: Pick<PlatformFeed, "answer" | "workbook">): PlatformFeed {
  const columns = {
    name: "Intitulé",
    description: "Descriptif",
    eligibility: "Conditions",
    targetedAudiences: "Bénéficiaires",
    submissionDeadline: "Date limite",
    subventionRateUpperBound: "Taux",
    originUrl: "Lien",
  };
  return {
    name: `spreadsheet, ${written}`,
    define: (at) => spreadsheet({ id: "bench-sheet", publisher, format, columns, feed: { url: `${at}/aides`, ...limits } }),
    ...served,
  };
}

function schemaAid(index: number) {
  const { id, titre, texte, url } = aid(index);
  return {
    id,
    titre,
    promesse: "Changez de machines",
    description: plainText(texte),
    eligibilite: ["Avoir une machine", "En vouloir une autre"],
    types_aides: ["financement", "prêt"],
    porteurs: [
      { nom: "AGENCE D'EXEMPLE", siren: "385290309", roles: ["instructeur"] },
      { nom: "BANQUE EXEMPLE", siren: "483790069", roles: ["financeur", "diffuseur"] },
    ],
    programmes_parents: ["Fonds d'exemple", "Plan d'exemple"],
    url_source: url,
    cibles: ["professionnels", "associations"],
    eligibilite_geographique: ["REG-84", "DEP-05"],
    eligibilite_geographique_exclusions: ["DEP-01"],
    date_ouverture: "2026-10-14T22:00:00Z",
    date_cloture: "2026-12-31T15:00:00Z",
    date_mise_a_jour: "2026-10-15T15:00:00Z",
  };
}

/** Returns a row of the national schema. Lists are separated by `|`, and objects are JSON in a cell. */
function schemaRow(index: number): Record<string, string> {
  const written = Object.entries(schemaAid(index)).map(([column, value]) => {
    if (typeof value === "string") return [column, value];
    return [column, column === "porteurs" ? JSON.stringify(value) : value.join("|")];
  });
  return Object.fromEntries(written);
}

function templateRow(index: number): Record<string, string> {
  const { titre, texte, criteres, contact, url, cloture } = aid(index);
  return {
    Nom: titre,
    Programmes: "Fonds vert",
    "Nom initial": titre,
    "Porteurs d'aides": "22, 53",
    Instructeurs: "22",
    "Bénéficiaires de l'aide": "Commune, Association",
    "Types d'aide": "Subvention",
    "Taux de subvention, min. et max. (en %, nombre entier)": "10,40",
    "Taux de subvention (commentaire optionnel)": "Plafonné",
    "Appel à projet / Manifestation d'intérêt": "non",
    "Description complète de l'aide et de ses objectifs": plainText(texte),
    "Exemples de projets réalisables": "Toiture\nFenêtres",
    "Sous-thématiques": "Equipement public, Eau potable",
    Récurrence: "Ponctuelle",
    "Date d'ouverture": "04/07/26",
    "Date de clôture": cloture,
    Éligibilité: plainText(criteres),
    "État d'avancement du projet pour bénéficier du dispositif": "Réflexion / conception, Mise en œuvre / réalisation",
    "Types de dépenses / actions couvertes": "Dépenses d’investissement",
    Périmètre: "71016",
    "URL d'origine": url,
    "Lien vers une démarche en ligne": url,
    Contact: plainText(contact),
    Auteur: "agent@exemple.example.org",
    "Url d'origine de la donnée importée": url,
    "Identifiant structure": "4",
    "Projets référents": "Construction d’une école",
  };
}
