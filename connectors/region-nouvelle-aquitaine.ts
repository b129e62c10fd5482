import { choose, constant, date, defineConnector, html, identifier, join, labelled, split, terms, text, url } from "moisson/connector-kit";

/** French days; ISO as the site wrote them for a while. */
const days = ["dd/MM/yyyy", "iso"];

/**
 * Région Nouvelle-Aquitaine, "guide des aides": one JSON list with French keys, since October 2024 in place of the RSS feed.
 *
 * Oddities:
 * - the link is the identifier; Aides-territoires keeps its MD5. An aid whose page moves comes under a new one, and is recognised by its text;
 * - the editor left ", gda_editeur_de_texte" in the texts;
 * - labels are joined by commas and hold commas themselves ("Cuir, luxe"): they stand whole in the term files;
 * - some labels are of the RSS feed's days only: both generations are kept;
 * - `Fond Européen ?` is 1, true or "oui";
 * - an aid without dates is permanent. An earlier importer took it for recurring, although nothing says that it comes back;
 * - `Montant` is the amount in words: it is told behind the conditions, and is no example of a project, as an earlier importer had it.
 */
export const connector = defineConnector({
  id: "region-nouvelle-aquitaine",
  publisher: {
    name: "Région Nouvelle-Aquitaine",
    siren: "200053759",
    kind: "region",
    territory: { scale: "region", code: "75" },
    website: "https://les-aides.nouvelle-aquitaine.fr",
    licence: "unknown",
  },
  importIdPrefix: "NOUVELLE_AQUITAINE_",
  schedule: "15 2 * * *",
  feed: { urlFrom: "MOISSON_URL_REGION_NOUVELLE_AQUITAINE" },
  decode: { format: "json" },
  noise: [", gda_editeur_de_texte"],
  fields: {
    externalId: identifier("Lien"),
    name: text("Nom"),
    description: html(join(["Resumé", "Objectifs"])),
    eligibility: html(join(["Bénéficiaires", "Critère de sélection", labelled("Montant : ", "Montant")])),
    contact: html("Comment faire ma demande"),
    originUrl: url("Lien"),
    applicationUrl: url("Lien"),
    europeanAid: choose([{ when: { field: "Fond Européen ?", isOneOf: [1, true, "oui"] }, use: constant("organizational") }]),
    startDate: date("Date de début", days),
    submissionDeadline: date("Date de fin", days),
    recurrence: choose(
      [
        {
          when: {
            any: [
              { field: "Date de début", isFilled: true },
              { field: "Date de fin", isFilled: true },
            ],
          },
          use: constant("oneoff"),
        },
      ],
      constant("ongoing"),
    ),
    targetedAudiences: terms(split("Profils", ","), "targetedAudiences"),
    categories: terms(split("Thématiques", ","), "categories"),
    financers: constant([{ name: "Région Nouvelle-Aquitaine", siren: "200053759" }]),
    perimeters: constant([{ scale: "region", code: "75" }]),
    importDataMention: constant("Ces données sont mises à disposition par le Conseil régional de Nouvelle-Aquitaine."),
  },
});
