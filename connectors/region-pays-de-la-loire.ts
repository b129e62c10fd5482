import { choose, constant, date, firstOf, html, identifier, join, openDataSoft, split, terms, text, url } from "moisson/connector-kit";

/** Dates have the day first until 2023, and are ISO dates since. `2023-04-03` is 3 April; an earlier importer read it as 4 March. */
const days = ["dd/MM/yyyy", "iso"];

/**
 * Région Pays de la Loire, "référentiel des aides" on its open-data portal: about 300 aids in November 2020.
 *
 * Oddities:
 * - `actif` does not tell whether an aid has ended;
 * - contacts are spread over eight fields, any of which may be empty;
 * - an aid with an opening and a deadline does not recur, even if `temporalite` says so;
 * - sub-themes are in the first person ("je trouve un emploi"), in lower case, with or without accents. Many occur under several themes;
 * - some sub-themes name an audience or a way of applying. The term file ignores these, with notes;
 * - an aid without a sub-theme gets its theme;
 * - `type_de_subvention` contains kinds of aid and kinds of call. `type_aide` says which records are calls;
 * - the identifier has no prefix in the feed;
 * - earlier importers used the portal's API v1, which puts every field under `fields`. The connector can also read such files.
 */
export const connector = openDataSoft({
  id: "region-pays-de-la-loire",
  publisher: {
    name: "Région Pays de la Loire",
    siren: "234400034",
    kind: "region",
    territory: { scale: "region", code: "52" },
    website: "https://www.paysdelaloire.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  importIdPrefix: "PDLL_",
  schedule: "25 2 * * *",
  domain: "data.paysdelaloire.fr",
  dataset: "234400034_referentiel-aides-paysdelaloirefr",
  ignored: [
    "actif",
    "aid_objet_court",
    "aid_demandeurs",
    "aide_seniors",
    "aide_femmes",
    "aide_handicapes",
    "aide_jeunes",
    "conditions_de_versement",
    "type_procedure",
    "montantintervmini",
    "montant_interv_max",
  ],
  fields: {
    externalId: identifier("intervention_id"),
    name: text("aide_nom"),
    description: html(join(["aid_objet", "aid_operations_ei"])),
    eligibility: html("aidconditions"),
    contact: html(
      join(
        [
          join(["direction", "service", "pole"]),
          join([join(["contact_prenom", "contact_nom"], " "), "contact_email", "tel"]),
          "informations_contact",
        ],
        "<br><br>",
      ),
    ),
    contactEmail: text("contact_email"),
    contactPhone: text("tel"),
    originUrl: url("source_info"),
    applicationUrl: url("source_lien"),
    isCallForProject: choose([
      { when: { field: "type_aide", isOneOf: ["Appel à projets", "Appel à manifestations d'intérêt"] }, use: constant(true) },
      { when: { field: "type_aide", isFilled: true }, use: constant(false) },
    ]),
    startDate: date("date_de_debut", days),
    submissionDeadline: date("date_de_fin", days),
    recurrence: choose(
      [
        {
          when: {
            all: [
              { field: "date_de_debut", isFilled: true },
              { field: "date_de_fin", isFilled: true },
            ],
          },
          use: constant("oneoff"),
        },
      ],
      terms("temporalite", "recurrence"),
    ),
    aidTypes: terms(split("type_de_subvention", ";"), "aidTypes"),
    targetedAudiences: terms(split("aid_benef", ";"), "targetedAudiences"),
    categories: terms(firstOf(split("ss_thematique_libelle", ";"), split("thematique_libelle", ";")), "categories"),
    financers: constant([{ name: "Région Pays de la Loire", siren: "234400034" }]),
    perimeters: constant([{ scale: "region", code: "52" }]),
    importDataMention: constant("Ces données sont mises à disposition par le Conseil régional des Pays de la Loire."),
  },
  expect: { atLeast: 90 },
});
