import {
  choose,
  constant,
  date,
  defineConnector,
  firstOf,
  html,
  identifier,
  join,
  labelled,
  list,
  literal,
  perimeters,
  plainText,
  split,
  terms,
  text,
  time,
  url,
  when,
  yesNo,
} from "../src/connector-kit/index.ts";

/** A deadline that names a month is a date; anything else ("toute l'année") is said with the conditions. */
const namesAMonth = {
  field: "deadline",
  hasWords: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
};
const isAlwaysOpen = { field: "deadline", hasWords: ["toute l'année", "permanent", "permanente", "fil de l'eau"] };
/** `link` is where one applies only if it says so ("Accéder au formulaire"). */
const leadsToAForm = { field: "link.text", hasWords: ["formulaire"] };

/**
 * Ministère de la Culture, online procedures: pages of 20. Aids and calls among declarations, authorisations and labels.
 *
 * Oddities:
 * - records of type "Demande d'autorisation" or "Demande de labellisation" are no aids: skipped. An empty `type` is kept and reported;
 * - `type` is a list, although earlier importers read it as one word; "Appels à projets & candidatures" says what it is, not how it aids;
 * - deadlines in words: "15 août 2022", "1er mars 2024", "toute l'année";
 * - `public` is one text, separated by ", "; `eztag_cible` is preferred where it is filled;
 * - the territory is in `eztag_region` ("Mayotte", "- France entière -"), which no earlier importer read;
 * - blanks inside time stamps and links, `&oeliguvre`, attributes in single quotes, contacts as plain text with line breaks;
 * - the sample is a bare list, the API answers `{ count, results }`.
 */
export const connector = defineConnector({
  id: "ministere-culture",
  publisher: {
    name: "Ministère de la Culture",
    siren: "110046018",
    kind: "ministry",
    territory: { scale: "country", code: "FRA" },
    website: "https://www.culture.gouv.fr",
    licence: "unknown",
  },
  importIdPrefix: "MdC_",
  schedule: "50 2 * * *",
  feed: {
    url: "https://www.culture.gouv.fr/api/online-procedures",
    paging: { kind: "offset", limitParameter: "limit", offsetParameter: "offset", pageSize: 20 },
  },
  decode: { format: "json", recordPath: ["results", ""], total: "count" },
  keepWhen: { not: { field: "type", isOneOf: ["Demande d'autorisation", "Demande de labellisation"] } },
  ignored: ["creationDate"],
  fields: {
    externalId: identifier("id"),
    name: text("title"),
    shortTitle: text("short_title"),
    description: html(join(["summary", "body"])),
    eligibility: html(
      join([
        "amount",
        labelled("Bénéficiaires : ", "public"),
        labelled("Périmètre : ", "eztag_region"),
        labelled("Date limite : ", when({ not: namesAMonth }, "deadline")),
      ]),
    ),
    contact: plainText("contact"),
    originUrl: url("url"),
    applicationUrl: url(when(leadsToAForm, "link.link")),
    applicationUrlText: text(when(leadsToAForm, "link.text")),
    isCallForProject: yesNo(when({ field: "type", isOneOf: ["Appels à projets & candidatures"] }, literal("oui"))),
    submissionDeadline: date("deadline", ["french"]),
    submissionDeadlineTime: time("deadline", ["french"]),
    recurrence: choose(
      [
        { when: isAlwaysOpen, use: constant("ongoing") },
        { when: { field: "deadline", isFilled: true }, use: constant("oneoff") },
      ],
      constant("ongoing"),
    ),
    aidTypes: terms("type", "aidTypes"),
    targetedAudiences: terms(firstOf("eztag_cible", split("public", ", ")), "targetedAudiences"),
    mobilizationSteps: constant(["preop", "op", "postop"]),
    categories: terms("eztag_theme", "categories"),
    keywords: list("eztag_theme"),
    financers: constant([{ name: "Ministère de la Culture", siren: "110046018" }]),
    perimeters: perimeters("eztag_region", { written: "name", scales: ["region", "collectivity"] }),
    sourceUpdatedDate: date("modificationDate", ["iso"]),
  },
  expect: { filled: ["type"] },
});
