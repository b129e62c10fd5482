import { choose, constant, date, defineConnector, firstOf, html, identifier, join, list, terms, text, time } from "moisson/connector-kit";

/**
 * Région Île-de-France, "guide des aides": one JSON list without pages. The parameter `top` of the address is the maximum number of aids.
 *
 * Oddities:
 * - the identifier is `referenceAdministrative`: eight digits with leading zeros. An earlier importer used `reference` until 2023-05, then
 *   a hash of the identifier until 2024-05. When it changed, every aid was created a second time;
 * - dates have two formats. `2019-07-07T22:00:00.000Z` is midnight in Paris on 8 July, and `2019-03-20T00:00:00Z` is 20 March. Their time
 *   of day has no meaning;
 * - a data migration left placeholders: "A DEFINR APRES REPRISE" (sic);
 * - `informationNonPubliee` must never be shown, so it is not read;
 * - `statut` is PUBLIEE in every sample. No earlier importer checked it;
 * - aids have no link. Earlier importers guessed the link from the title, and it broke when the title changed;
 * - audience labels changed: "Associations" became "Association - Régie par la loi de 1901" in 2023;
 * - `tags` are words of the region's site ("Région solidaire"). Keywords are the fields of competence, as in earlier importers;
 * - `libelle` and `engagements` are not in our sample of 2021, but the importer of 2023–2025 read them;
 * - in 2024, a private authority had signed the server's certificate. If this happens again, set NODE_EXTRA_CA_CERTS to the authority's
 *   certificate.
 */
export const connector = defineConnector({
  id: "region-ile-de-france",
  publisher: {
    name: "Région Île-de-France",
    siren: "237500079",
    kind: "region",
    territory: { scale: "region", code: "11" },
    website: "https://www.iledefrance.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  importIdPrefix: "IDF_",
  schedule: "10 2 * * *",
  feed: { url: "https://mesdemarches.iledefrance.fr/guide-des-aides/api/public/tenants/cridfprd/aides?top=2500" },
  decode: { format: "json" },
  keepWhen: {
    any: [
      { field: "statut", isOneOf: ["PUBLIEE"] },
      { field: "statut", isFilled: false },
    ],
  },
  ignored: [
    "tenant",
    "tags",
    "reference",
    "id",
    "index",
    "kind",
    "documentsPublics",
    "informationNonPubliee",
    "datePublicationSouhaitee",
    "deliberationCadre",
    "engagementsAssocies",
  ],
  placeholders: ["A DEFINR APRES REPRISE", "A DEFINIR APRES REPRISE", "Champ non publi&eacute;", "Champ non publié"],
  fields: {
    externalId: identifier("referenceAdministrative"),
    name: text(firstOf("libelle", "title")),
    description: html(join(["engagements", "entete", "notes"])),
    eligibility: html(join(["publicsBeneficiairePrecision", "modalite", "objectif", "demarches"])),
    contact: html("contact"),
    startDate: date("dateOuvertureCampagne", ["iso"]),
    submissionDeadline: date("dateFinCampagne", ["iso"]),
    submissionDeadlineTime: time("dateFinCampagne", ["iso"]),
    recurrence: choose(
      [
        { when: { field: "dateDebutFuturCampagne", isFilled: true }, use: constant("recurring") },
        { when: { field: "dateFinCampagne", isFilled: true }, use: constant("oneoff") },
      ],
      constant("ongoing"),
    ),
    aidTypes: constant(["grant"]),
    targetedAudiences: terms(firstOf("publicsBeneficiaire[].title", "publicsBeneficiaire"), "targetedAudiences"),
    mobilizationSteps: constant(["preop", "op", "postop"]),
    categories: terms(firstOf("competences[].title", "competences"), "categories"),
    keywords: list(firstOf("competences[].title", "competences")),
    financers: constant([{ name: "Région Île-de-France", siren: "237500079" }]),
    perimeters: constant([{ scale: "region", code: "11" }]),
    importDataMention: constant("Ces données sont mises à disposition par le Conseil Régional d'Île-de-France."),
    sourceUpdatedDate: date("date", ["iso"]),
  },
  expect: { atLeast: 100 },
});
