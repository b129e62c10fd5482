import { choose, constant, date, html, join, list, split, terms, text, wordpressExport } from "moisson/connector-kit";

/** True if a call has a second opening or deadline, which means that it recurs. */
const comesBack = {
  any: ["dates_open-2", "dates_open-3", "dates_open-4", "dates_open-5", "dates_deadline-2", "dates_deadline-3", "dates_deadline-4"].map(
    (field) => ({ field, isFilled: true }),
  ),
};

const programmes = split("relations_programmes", ";");

/**
 * WelcomEurope: an export of the WordPress site of a private company, which collects European calls and shares them "à titre gracieux".
 *
 * Oddities:
 * - the server requires a browser's User-Agent;
 * - all values are texts. ";" separates members of lists, but also ends entities ("Citoyenneté &amp; Droits Humains;Coopération"), so
 *   entities are decoded before the split;
 * - a call has up to five opening dates and four deadlines. The latest of each is used. A missing date is "", which an earlier importer
 *   read as today until 2024-02-27;
 * - "Appel à proposition" occurs with and without "s" and a trailing space;
 * - labels of audiences and sectors have changed. Old and new labels occur;
 * - eligible countries are named only in the text;
 * - the address of the page must not be shown.
 */
export const connector = wordpressExport({
  id: "welcomeurope",
  publisher: {
    name: "WelcomEurope",
    kind: "aggregator",
    territory: { scale: "country", code: "FRA" },
    website: "https://www.welcomeurope.com",
    licence: "agreement",
    agreement: "à titre gracieux",
  },
  reuse: { basis: "unknown", note: "entreprise privée ; son accord ne vaut que pour notre site" },
  importIdPrefix: "WE_",
  schedule: "0 3 * * *",
  shape: "flat",
  feed: {
    urlFrom: "MOISSON_URL_WELCOMEUROPE",
    headers: { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0" },
  },
  ignored: [
    "permalink",
    "banner_image-list",
    "banner",
    "dates_statut",
    "dates_publication",
    "dates",
    "filtres",
    "info_responsible",
    "info",
  ],
  fields: {
    shortTitle: text("info_references"),
    description: html(join([join([programmes], ", "), "banner_chapeau", "banner_budget", "info_amount", "info_amorce", "info_priories"])),
    eligibility: html("info_info-regions"),
    // The export replaces line breaks by three spaces.
    contact: html(join(["info_advice", "info_contact", split("info_utile", "   ")])),
    isCallForProject: constant(true),
    europeanAid: constant("sectorial"),
    startDate: date(join(["dates_open-1", "dates_open-2", "dates_open-3", "dates_open-4", "dates_open-5"], " "), ["yyyyMMdd"], {
      pick: "latest",
    }),
    submissionDeadline: date(
      join(["deadline1", "dates_deadline1", "dates_deadline-2", "dates_deadline-3", "dates_deadline-4"], " "),
      ["yyyyMMdd"],
      {
        pick: "latest",
      },
    ),
    recurrence: choose([{ when: comesBack, use: constant("recurring") }], constant("oneoff")),
    aidTypes: terms(split("info_categorie", ";"), "aidTypes"),
    targetedAudiences: terms(split("filtres_beneficiaries", ";"), "targetedAudiences"),
    mobilizationSteps: constant(["preop", "op", "postop"]),
    categories: terms(split("filtres_sectors", ";"), "categories"),
    keywords: list(split("filtres_sectors", ";")),
    programs: list(programmes),
    financers: constant([{ name: "Commission européenne", siren: null }]),
    perimeters: constant([{ scale: "continent", code: "EU" }]),
  },
});
