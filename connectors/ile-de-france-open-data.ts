import {
  choose,
  constant,
  date,
  defineConnector,
  firstOf,
  identifier,
  list,
  organisations,
  perimeters,
  plainText,
  section,
  split,
  terms,
  text,
  url,
} from "moisson/connector-kit";

/**
 * Île-de-France's open data, extracted by an aggregator of calls for projects: a file with 100 aids in one JSON list.
 *
 * Oddities:
 * - there is no identifier field. The number at the end of the link is the region's identifier (`601` for `00000601` in its own feed);
 * - a list arrives as a JSON list with one text, in which `|||` separates the members;
 * - the aggregator cut some UTC timestamps to dates: `2019-07-07` is 8 July in Paris. We cannot tell which dates are wrong, so we read all
 *   dates as written. An opening or a deadline may therefore be a day early;
 * - `date_publication` is the opening of the campaign;
 * - the aggregator guessed `categories` from parts of words. They are wrong, so our categories come from the region's tags;
 * - if `resume` ends with "...", the aggregator cut it at 500 characters;
 * - aids have no contact, kind or theme. Tags are words of the region's site ("Région solidaire").
 */
export const connector = defineConnector({
  id: "ile-de-france-open-data",
  publisher: {
    name: "Données ouvertes d'Île-de-France, par un agrégateur",
    kind: "aggregator",
    territory: { scale: "region", code: "11" },
    licence: "unknown",
  },
  reuse: { basis: "unknown", note: "rassemblé par un agrégateur" },
  state: "paused",
  because:
    "An extract without an address. region-ile-de-france reads the same aids from the region itself, complete and with correct dates.",
  feed: { urlFrom: "MOISSON_URL_ILE_DE_FRANCE_OPEN_DATA" },
  decode: { format: "json" },
  ignored: ["categories"],
  fields: {
    externalId: identifier(firstOf(section("url_source", { from: "/aides-et-appels-a-projets/" }), "url_source")),
    name: text("titre"),
    description: plainText("resume"),
    originUrl: url("url_source"),
    startDate: date("date_publication", ["iso"]),
    submissionDeadline: date("date_limite", ["iso"]),
    recurrence: choose([{ when: { field: "date_limite", isFilled: true }, use: constant("oneoff") }], constant("ongoing")),
    targetedAudiences: terms(split("public_cible", "|||"), "targetedAudiences"),
    categories: terms(split("tags", "|||"), "categories"),
    keywords: list(split("tags", "|||")),
    financers: organisations("organisme"),
    perimeters: perimeters("perimetre_geo", { written: "name", scales: ["region"] }),
  },
});
