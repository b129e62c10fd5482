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
 * Île-de-France's open data as an aggregator of calls for projects extracted it: 100 aids, one JSON list, given by hand.
 *
 * Oddities:
 * - no identifier: the number at the end of the link is the region's own (`601` for what its feed numbers `00000601`);
 * - a list is one text, members joined by `|||`, in a list of one;
 * - days were cut out of UTC stamps, at least in part: `2019-07-07` is 8 July in Paris. Which ones can no longer be told: they are read as
 *   written, so that an opening or a deadline may be a day early;
 * - `date_publication` is the opening of the campaign;
 * - `categories` was guessed by the aggregator from parts of words and is wrong: it is not read;
 * - `resume` was cut at 500 characters where it ends with "...";
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
