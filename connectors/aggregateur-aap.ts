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
 * - the link identifies a call: `fingerprint` is a hash of title, organisation and deadline, and changes with them;
 * - "Non spécifié" is not a publisher;
 * - `is_active` is `True` or `False`;
 * - texts have several lines and are cut at 500 characters with "...";
 * - `date_publication` is the opening date of Île-de-France's calls, and the day of the article for the others;
 * - dates are the first part of UTC timestamps, so midnight in Paris is written as the day before. We cannot tell which dates are wrong and
 *   read them as written;
 * - `categories` was guessed by substring, and `perimetre_niveau` calls a region national. Neither is read;
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
  state: "paused",
  because: "189 of its 200 calls are Île-de-France's, which region-ile-de-france brings first hand, whole and with their own dates.",
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
      { when: { field: "statut", isOneOf: ["permanent"] }, use: constant("ongoing") },
    ]),
    targetedAudiences: terms(split("eligibilite", ","), "targetedAudiences"),
    categories: terms(split("tags", "|||"), "categories"),
    keywords: list(split("tags", "|||")),
    financers: organisations("organisme"),
    perimeters: perimeters("perimetre_geo", { written: "name", scales: ["region", "country", "department", "commune"] }),
  },
});
