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
 * - a list is a single text in a list of one, with its members joined by `|||`;
 * - some dates are the first part of UTC timestamps: `2019-07-07` is 8 July in Paris. We cannot tell which ones and read all as written, so
 *   an opening or a deadline may be a day early;
 * - `date_publication` is the opening of the campaign;
 * - the aggregator guessed `categories` from parts of words. They are wrong, so they are not read;
 * - a `resume` that ends with "..." was cut at 500 characters;
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
  state: "paused",
  because:
    "An extract without an address; the same aids come whole, and dated right, from the region itself (connector region-ile-de-france).",
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
    keywords: list(split("tags", "|||")),
    financers: organisations("organisme"),
    perimeters: perimeters("perimetre_geo", { written: "name", scales: ["region"] }),
  },
});
