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
} from "moisson/connector-kit";

/** Formats of deadlines. A text in another format ("toute l'année", "fin mars") is added to the conditions. */
const days = ["french", "dd/MM/yyyy", "iso"];
const isAlwaysOpen = { field: "deadline", hasWords: ["toute l'année", "permanent", "permanente", "fil de l'eau"] };
/** True if the text of `link` announces an application form ("Accéder au formulaire"). Other links lead to rules. */
const leadsToAForm = {
  field: "link.text",
  hasWords: ["formulaire", "démarche", "candidater", "candidature", "déposer", "demande", "inscription"],
};
/** The link as HTML, unless it is the address of the application. */
const otherLink = when(
  { all: [{ not: leadsToAForm }, { field: "link.link", isFilled: true }] },
  join([literal('<p><a href="'), "link.link", literal('">'), firstOf("link.text", "link.link"), literal("</a></p>")], ""),
);
const regions = split("eztag_region", ",");

/**
 * Ministère de la Culture, online procedures, 20 per page. Aids and calls are mixed with declarations, authorisations and labels.
 *
 * Oddities:
 * - records of type "Demande d'autorisation" or "Demande de labellisation" are not aids and are skipped. An empty `type` is kept and
 *   reported;
 * - `type` is a list, although earlier importers read it as one word. "Appels à projets & candidatures" is not a kind of aid;
 * - deadlines are in words: "15 août 2022", "1er mars 2024", "toute l'année";
 * - audiences are in `eztag_cible`, or else in `public`, a text with commas;
 * - the territory is in `eztag_region` ("Mayotte", "- France entière -"), which no earlier importer read;
 * - timestamps and links contain spaces. HTML contains `&oeliguvre` and attributes in single quotes;
 * - contacts are plain text with line breaks;
 * - our sample is a list, but the API returns `{ count, results }`.
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
  reuse: { basis: "crpa" },
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
    description: html(join(["summary", "body", otherLink])),
    eligibility: html(
      join([
        "amount",
        labelled("Bénéficiaires : ", "public"),
        labelled(
          "Périmètre : ",
          firstOf(when({ field: "eztag_region", isOneOf: ["- France entière -"] }, literal("France entière")), regions),
        ),
        labelled("Date limite : ", when({ not: { field: "deadline", isDate: days } }, "deadline")),
      ]),
    ),
    contact: plainText("contact"),
    originUrl: url("url"),
    applicationUrl: url(when(leadsToAForm, "link.link")),
    applicationUrlText: text(when(leadsToAForm, "link.text")),
    isCallForProject: yesNo(when({ field: "type", isOneOf: ["Appels à projets & candidatures"] }, literal("oui"))),
    submissionDeadline: date("deadline", days),
    submissionDeadlineTime: time("deadline", ["french", "iso"]),
    recurrence: choose(
      [
        { when: isAlwaysOpen, use: constant("ongoing", { quote: "toute l'année" }) },
        { when: { field: "deadline", isFilled: true }, use: constant("oneoff") },
      ],
      constant("ongoing"),
    ),
    aidTypes: terms("type", "aidTypes"),
    targetedAudiences: terms(firstOf("eztag_cible", split("public", ",")), "targetedAudiences"),
    mobilizationSteps: constant(["preop", "op", "postop"]),
    categories: terms("eztag_theme", "categories"),
    keywords: list("eztag_theme"),
    financers: constant([{ name: "Ministère de la Culture", siren: "110046018" }]),
    perimeters: perimeters(regions, {
      written: "name",
      scales: ["region", "collectivity", "overseas", "country", "continent", "department"],
    }),
    importDataMention: constant("Ces données sont mises à disposition par le Ministère de la Culture."),
    sourceUpdatedDate: date("modificationDate", ["iso"]),
  },
  expect: { filled: ["type"] },
});
