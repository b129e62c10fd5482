import { choose, constant, date, defineConnector, html, identifier, join, split, terms, text, url, yesNo } from "moisson/connector-kit";

/** `04/07/2024` is 4 July. An earlier importer read it as 7 April, and failed on dates such as `25/07/2024`. */
const days = ["dd/MM/yyyy", "iso"];

/** One field contains themes and audiences ("Culture, Collectivité"). The term file for themes ignores audiences, and the reverse. */
const words = split("Les thématiques", ",");

/**
 * Région Sud Provence-Alpes-Côte d'Azur: one JSON list. Most of its keys are the French labels of the form that editors fill in.
 *
 * Oddities:
 * - keys have curly apostrophes, and "Comment en bénéficier " ends with a space;
 * - "Pour qui" is a text. An earlier importer searched it for parts of words. It read "en particulier" as private persons, and
 *   "information" as training;
 * - the kind of aid is also a text ("Quelle est la nature de l’aide (type d’aide)"), so the kind of every aid is "other";
 * - `AAP` is "1" for calls;
 * - in early 2024, a private authority had signed the server's certificate. That certificate expired before June.
 */
export const connector = defineConnector({
  id: "region-sud",
  publisher: {
    name: "Région Sud Provence-Alpes-Côte d'Azur",
    siren: "231300021",
    kind: "region",
    territory: { scale: "region", code: "93" },
    website: "https://www.maregionsud.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  importIdPrefix: "RSud_",
  schedule: "45 2 * * *",
  feed: { urlFrom: "MOISSON_URL_REGION_SUD", tls: { caFrom: "REGION_SUD_CA" } },
  decode: { format: "json" },
  fields: {
    externalId: identifier("Uid"),
    name: text("Nom de l’aide"),
    description: html(join(["Chapo", "Pour qui", "Pourquoi candidater", "Quelle est la nature de l’aide (type d’aide)", "Plus d’infos"])),
    eligibility: html(join(["Quelles sont les critères d’éligibilité", "Comment en bénéficier "])),
    contact: html("Contact"),
    originUrl: url("Lien vers le descriptif complet"),
    applicationUrl: url("Lien Je fais ma demande"),
    isCallForProject: yesNo("AAP"),
    startDate: date("Date d’ouverture", days),
    submissionDeadline: date("Date de clôture", days),
    recurrence: choose(
      [
        {
          when: {
            all: [
              { field: "Date d’ouverture", isFilled: true },
              { field: "Date de clôture", isFilled: true },
            ],
          },
          use: constant("oneoff"),
        },
      ],
      constant("ongoing"),
    ),
    aidTypes: constant(["other"]),
    targetedAudiences: terms(words, "targetedAudiences"),
    mobilizationSteps: constant(["preop", "op", "postop"]),
    categories: terms(words, "categories"),
    financers: constant([{ name: "Région Sud Provence-Alpes-Côte d'Azur", siren: "231300021" }]),
    perimeters: constant([{ scale: "region", code: "93" }]),
    importDataMention: constant("Ces données sont mises à disposition par le Conseil Régional PACA."),
  },
});
