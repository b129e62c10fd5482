import { constant, date, defineConnector, html, identifier, join, terms, text, time, url, yesNo } from "moisson/connector-kit";

/** All these dates are null in our sample. We accept ISO, which the feed uses for other dates, and French dates. */
const days = ["iso", "dd/MM/yyyy"];

/**
 * Département de la Manche, "guide des aides": one JSON object with 110 aids and their number.
 *
 * Oddities (our sample of August 2023 is from their test server):
 * - for a missing value, the feed omits the key in some aids, and contains null or [] in others;
 * - titles contain entities (`&rsquo;`) and have up to 195 characters before decoding;
 * - `aid_types` contains contracts and funds of the department ("Contrat de territoire 2017-2021"), not kinds of aid;
 * - audience labels are singular or plural, and some combine several audiences ("Collectivité ou établissement public");
 * - "Dépenses d’investissement" has straight and curly apostrophes;
 * - `is_call_for_project` is always null, so the title tells whether an aid is a call;
 * - timestamps contain spaces ("2023-08-03T16: 08: 40.000Z");
 * - test rows ("Test AB 2", "ancienne aide") are kept, because nothing in the feed marks them;
 * - the first importer signed in with HTTP Basic; the second one did not sign in.
 */
export const connector = defineConnector({
  id: "departement-manche",
  publisher: {
    name: "Département de la Manche",
    siren: "225005024",
    kind: "department",
    territory: { scale: "department", code: "50" },
    website: "https://www.manche.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  importIdPrefix: "CDManche_",
  schedule: "40 2 * * *",
  feed: { urlFrom: "MOISSON_URL_DEPARTEMENT_MANCHE" },
  decode: { format: "json", recordPath: "aides", total: "count" },
  ignored: ["date_created"],
  fields: {
    externalId: identifier("id"),
    name: text("name"),
    description: html("description"),
    eligibility: html("eligibility"),
    contact: html(join(["contact", "contact_phone"])),
    contactPhone: text("contact_phone"),
    originUrl: url("origin_url"),
    applicationUrl: url("application_url"),
    isCallForProject: yesNo("is_call_for_project"),
    startDate: date("start_date", days),
    predepositDate: date("predeposit_date", days),
    submissionDeadline: date("submission_deadline", days),
    submissionDeadlineTime: time("submission_deadline", ["iso"]),
    recurrence: terms("recurrence", "recurrence"),
    aidTypes: terms("aid_types", "aidTypes"),
    targetedAudiences: terms("targeted_audiences", "targetedAudiences"),
    destinations: terms("destinations", "destinations"),
    mobilizationSteps: constant(["preop", "op", "postop"]),
    categories: terms("categories", "categories"),
    financers: constant([{ name: "Département de la Manche", siren: "225005024" }]),
    perimeters: constant([{ scale: "department", code: "50" }]),
    importDataMention: constant("Ces données sont mises à disposition par le Conseil départemental de la Manche."),
    sourceUpdatedDate: date("date_updated", ["iso"]),
  },
  expect: { atLeast: 55 },
});
