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
 * Île-de-France's open data, extracted by an aggregator of calls for projects: 100 aids in one JSON list, delivered as a file.
 *
 * Oddities:
 * - no identifier: the number at the end of the link is the region's own (`601` for `00000601` in the region's feed);
 * - a list is a single text in a list of one, with its members joined by `|||`;
 * - some days at least were cut out of UTC timestamps: `2019-07-07` is 8 July in Paris. We cannot tell which ones, so all are read as
 *   written, and an opening or a deadline may be a day early;
 * - `date_publication` is the opening of the campaign;
 * - the aggregator guessed `categories` from parts of words. They are wrong and not read;
 * - a `resume` that ends with "..." was cut at 500 characters;
 * - no contact, kind of aid or theme; tags are words of the site ("Région solidaire").
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
