import { choose, constant, date, defineConnector, html, identifier, join, labelled, split, terms, text, url } from "moisson/connector-kit";

/** The feed writes French dates. For some time it wrote ISO dates. */
const days = ["dd/MM/yyyy", "iso"];

/**
 * Région Nouvelle-Aquitaine, "guide des aides": one JSON list with French keys. It replaced the RSS feed in October 2024.
 *
 * Oddities:
 * - the link is the identifier. Aides-territoires stores its MD5. If the page of an aid moves, Moisson recognises the aid by its text;
 * - the editor left ", gda_editeur_de_texte" in the texts;
 * - commas separate labels and also occur in them ("Cuir, luxe"), so the term files contain whole labels;
 * - the term files also serve the RSS feed, so some of their labels do not occur in this feed;
 * - `Fond Européen ?` is 1, true or "oui";
 * - an aid without dates is permanent. An earlier importer classified it as recurring, for no known reason;
 * - `Montant` is the amount in words. We add it to the conditions. An earlier importer stored it as an example of a project.
 */
export const connector = defineConnector({
  id: "region-nouvelle-aquitaine",
  title: "guide des aides",
  publisher: {
    name: "Région Nouvelle-Aquitaine",
    siren: "200053759",
    kind: "region",
    territory: { scale: "region", code: "75" },
    website: "https://les-aides.nouvelle-aquitaine.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
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
