import {
  choose,
  constant,
  date,
  defineConnector,
  identifier,
  list,
  organisations,
  perimeters,
  plainText,
  split,
  terms,
  text,
  url,
  when,
} from "moisson/connector-kit";

const ofTheRegion = { field: "source_id", isOneOf: ["iledefrance_opendata"] };

/**
 * An aggregator's export of calls (https://github.com/WalidB857/appels-a-projets): 189 from Île-de-France's open data, 11 from Carenews.
 *
 * Oddities:
 * - the link identifies a call. `fingerprint` does not, because it is a hash of title, organisation and deadline, and changes with them;
 * - "Non spécifié" means that the organisation is missing;
 * - `is_active` is `True` or `False`;
 * - texts have several lines and are cut at 500 characters with "...";
 * - `date_publication` is the opening date of Île-de-France's calls, and the day of the article for the others;
 * - the aggregator cut UTC timestamps to dates, so a date that means midnight in Paris is one day early. We cannot tell which dates are
 *   wrong, so we read all dates as written;
 * - the aggregator guessed `categories` from parts of words, and `perimetre_niveau` says "national" for regions. Neither is read;
 * - `tags` are the region's own words, joined with `|||`;
 * - `url_candidature` is the region's portal, or else the first address in a text, such as a regulation's. Only the portal is read;
 * - `urgence` and `days_remaining` change every day;
 * - `statut` is "permanent" for every call without a deadline.
 */
export const connector = defineConnector({
  id: "aggregateur-aap",
  publisher: {
    name: "Appels à projets (agrégateur)",
    kind: "aggregator",
    territory: { scale: "country", code: "FRA" },
    website: "https://github.com/WalidB857/appels-a-projets",
    licence: "unknown",
  },
  reuse: { basis: "unknown", note: "agrégateur privé" },
  state: "paused",
  because:
    "189 of its 200 calls are Île-de-France's. region-ile-de-france reads them from the region itself, complete and with correct dates.",
  feed: { urlFrom: "MOISSON_URL_AGGREGATEUR_AAP" },
  decode: { format: "csv", delimiter: ",", encoding: "utf-8" },
  keepWhen: [{ when: { not: { field: "is_active", isOneOf: ["False"] } }, reason: "no longer active" }],
  ignored: ["source_name", "categories", "perimetre_niveau", "montant_min", "montant_max", "fingerprint", "urgence", "days_remaining"],
  placeholders: ["Non spécifié"],
  fields: {
    externalId: identifier("url_source"),
    name: text("titre"),
    description: plainText("resume"),
    contact: plainText("email_contact"),
    contactEmail: text("email_contact"),
    originUrl: url("url_source"),
    applicationUrl: url(when({ field: "url_candidature", hasWords: ["mesdemarches"] }, "url_candidature")),
    startDate: date(when(ofTheRegion, "date_publication"), ["iso"]),
    submissionDeadline: date("date_limite", ["iso"]),
    recurrence: choose([
      { when: { field: "date_limite", isFilled: true }, use: constant("oneoff") },
      { when: { field: "statut", isOneOf: ["permanent"] }, use: constant("ongoing", { quote: "permanent" }) },
    ]),
    targetedAudiences: terms(split("eligibilite", ","), "targetedAudiences"),
    categories: terms(split("tags", "|||"), "categories"),
    keywords: list(split("tags", "|||")),
    financers: organisations("organisme"),
    perimeters: perimeters("perimetre_geo", { written: "name", scales: ["region", "country", "department", "commune"] }),
  },
});
