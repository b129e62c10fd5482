import {
  choose,
  constant,
  date,
  defineConnector,
  html,
  identifier,
  labelled,
  perimeters,
  placeNames,
  split,
  terms,
  text,
  time,
  url,
  when,
} from "moisson/connector-kit";

/**
 * ADEME, "Agir pour la transition": one JSON object, which also contains the number of its aids. The server requires two static headers.
 *
 * Oddities:
 * - timestamps have the offset of Paris: `2023-01-01T00:00:00+01:00` is 1 January, although it is 31 December in UTC. A deadline's time of
 *   day is read, unless it is 23:59:59;
 * - earlier importers checked neither `success` nor the number in `NbDispositif`, so an error of the service looked like an empty feed;
 * - `thematiques` contains themes (ECD, ENR) and their sub-themes (TRIREC, GEOTER) side by side;
 * - `regions` are INSEE codes of regions, filled when `couverture_geo.code` is 4: "75" is Nouvelle-Aquitaine, not Paris;
 * - the audience SCA2 means communes, intercommunalities, departments and public bodies, but not regions;
 * - links contain spaces ("https: //"). Texts contain `<!-- StartFragment -->` and unclosed paragraphs; one ends in mid-sentence.
 */
export const connector = defineConnector({
  id: "ademe-agir",
  title: "aides Agir",
  publisher: {
    name: "ADEME",
    siren: "385290309",
    kind: "agency",
    territory: { scale: "country", code: "FRA" },
    website: "https://agirpourlatransition.ademe.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa", note: "établissement public industriel et commercial : demander si L321-3 s’applique" },
  importIdPrefix: "AGIR_",
  schedule: "20 2 * * *",
  feed: {
    urlFrom: "MOISSON_URL_ADEME_AGIR",
    headersFrom: { client_id: "ADEME_AGIR_CLIENT_ID", client_secret: "ADEME_AGIR_CLIENT_SECRET" },
  },
  decode: { format: "json", recordPath: "ListeDispositifs", total: "NbDispositif", mustBe: { success: true } },
  ignored: ["millesime", "sous_type_aap"],
  fields: {
    externalId: identifier("id"),
    name: text("titre"),
    description: html("description_longue"),
    eligibility: html(
      when(
        { field: "couverture_geo.code", isOneOf: ["4"] },
        labelled("Territoire d’application : ", placeNames(split("regions", ","), "region")),
      ),
    ),
    // The contact is on the aid's page only. The first importer wrote this sentence.
    contact: constant("<p>Pour contacter l’Ademe ou candidater à l'offre, veuillez cliquer sur le lien vers le descriptif complet.</p>"),
    originUrl: url("url_agir"),
    applicationUrl: url("url_agir"),
    isCallForProject: choose([
      { when: { field: "type", isOneOf: ["AAP"] }, use: constant(true) },
      { when: { field: "type", isFilled: true }, use: constant(false) },
    ]),
    startDate: date("date_debut", ["iso"]),
    submissionDeadline: date("date_fin", ["iso"]),
    submissionDeadlineTime: time("date_fin", ["iso"]),
    recurrence: choose(
      [
        {
          when: {
            all: [
              { field: "date_debut", isFilled: true },
              { field: "date_fin", isFilled: true },
            ],
          },
          use: constant("oneoff"),
        },
      ],
      constant("ongoing"),
    ),
    aidTypes: constant(["grant", "technical-engineering"]),
    targetedAudiences: terms("cible_projet", "targetedAudiences"),
    mobilizationSteps: constant(["preop", "op", "postop"]),
    categories: terms("thematiques", "categories"),
    financers: constant([{ name: "ADEME", siren: "385290309" }]),
    perimeters: choose([
      { when: { field: "couverture_geo.code", isOneOf: ["1"] }, use: constant([{ scale: "country", code: "FRA" }]) },
      { when: { field: "couverture_geo.code", isOneOf: ["2", "3"] }, use: constant([{ scale: "continent", code: "EU" }]) },
      {
        when: { field: "couverture_geo.code", isOneOf: ["4"] },
        use: perimeters(split("regions", ","), { written: "code", scales: ["region"] }),
      },
    ]),
    importDataMention: constant("Ces données sont mises à disposition par l'ADEME."),
    sourceUpdatedDate: date("date_derniere_modification", ["iso"]),
  },
});
