import { choose, constant, date, firstOf, html, join, list, split, terms, text, url, when, wordpressExport } from "moisson/connector-kit";

const isCall = { field: "post_type", isOneOf: ["ge_projet"] };
const isGuide = { field: "post_type", isOneOf: ["ge_guide"] };

/**
 * Région Grand Est, aids and calls of its WordPress site: 219 in May 2021, 258 in May 2023. The server requires HTTP Basic authentication.
 *
 * Oddities:
 * - there are two types of posts: `ge_guide` is a permanent aid, `ge_projet` a call. Only calls have meaningful dates, and `pro_fin` may be
 *   missing;
 * - kinds of aid are in `gui_nature_aide_*` for aids, and in `pro_nature_aide_*` for calls. The feed writes kinds and expenses with the
 *   labels of our vocabularies, with straight or curly apostrophes;
 * - titles are often longer than 180 characters. Eligible applicants are named in the text, not in a field;
 * - `gui_beneficiaire`, `gui_tax_competence`, `gui_projet`, `pro_contact_*` are mostly empty. `gui_competence` contains the site's current
 *   themes, and `gui_tax_competence` its former categories;
 * - an empty list may be `[""]`;
 * - the feed writes programmes with the names of our vocabulary, but without the flag at the start of some names;
 * - the identifier is `ID`. At Aides-territoires it has no prefix;
 * - the server was reachable over IPv4 only.
 */
export const connector = wordpressExport({
  id: "region-grand-est",
  publisher: {
    name: "Région Grand Est",
    siren: "200052264",
    kind: "region",
    territory: { scale: "region", code: "44" },
    website: "https://www.grandest.fr",
    licence: "unknown",
  },
  reuse: { basis: "crpa" },
  schedule: "0 2 * * *",
  shape: "flat",
  feed: {
    urlFrom: "MOISSON_URL_REGION_GRAND_EST",
    auth: { kind: "basic", usernameFrom: "GRAND_EST_API_USERNAME", passwordFrom: "GRAND_EST_API_PASSWORD" },
  },
  ignored: ["post_type_name", "gui_dematerialise", "gui_image", "pro_image", "gui_documents", "gui_projet"],
  fields: {
    description: html(firstOf("post_content", "gui_introduction")),
    contact: html(firstOf("gui_texte_gris", join(["pro_contact_mail", "pro_contact_telephone"]))),
    contactEmail: text("pro_contact_mail"),
    contactPhone: text("pro_contact_telephone"),
    originUrl: url("url"),
    applicationUrl: url("gui_dematerialise_url"),
    applicationUrlText: text(when({ field: "gui_dematerialise_url", isFilled: true }, "gui_dematerialise_txt")),
    isCallForProject: choose([
      { when: isCall, use: constant(true) },
      { when: isGuide, use: constant(false) },
    ]),
    startDate: date(when(isCall, "post_date"), ["iso"]),
    submissionDeadline: date(when(isCall, "pro_fin"), ["iso"]),
    recurrence: choose([
      { when: isCall, use: constant("oneoff") },
      { when: isGuide, use: constant("ongoing") },
    ]),
    aidTypes: terms(
      split(
        join(
          ["gui_nature_aide_financieres", "gui_nature_aide_ingenierie", "pro_nature_aide_financieres", "pro_nature_aide_ingenierie"],
          "|",
        ),
        "|",
      ),
      "aidTypes",
    ),
    targetedAudiences: terms("gui_beneficiaire[].name", "targetedAudiences"),
    destinations: terms("gui_actions_concernees", "destinations"),
    mobilizationSteps: constant(["op"]),
    categories: terms(firstOf("gui_tax_competence[].name", "gui_competence[].name"), "categories"),
    programs: list("gui_programme_aides"),
    financers: constant([{ name: "Région Grand Est", siren: "200052264" }]),
    perimeters: constant([{ scale: "region", code: "44" }]),
  },
  expect: { atLeast: 110 },
});
