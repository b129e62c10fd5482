import { choose, constant, date, defineConnector, firstOf, identifier, list, markdown, text, time, url } from "moisson/connector-kit";

/**
 * European Commission, Funding & Tenders portal: open and forthcoming calls. Oddities: only `id` is unique; cascade-funding calls share
 * `identifier` and `title` of their topic and are told apart by `callTitle`; 11 titles are shared by pairs of topics; times carry a `Z` but are
 * Brussels local time (17:00): the date is the one written. Abstracts are text with `- ` lists, read as Markdown.
 */
export const connector = defineConnector({
  id: "eu-funding-tenders",
  publisher: {
    name: "Commission européenne",
    kind: "european",
    territory: { scale: "continent", code: "EU" },
    website: "https://ec.europa.eu/info/funding-tenders/opportunities/portal/",
    licence: "unknown",
  },
  language: "en",
  timeZone: "Europe/Brussels",
  schedule: "10 4 * * *",
  feed: { urlFrom: "MOISSON_URL_EU_FUNDING_TENDERS" },
  decode: { format: "json", recordPath: "grants" },
  ignored: [
    "summary",
    "callIdentifier",
    "destination",
    "actionType",
    "status",
    "plannedOpeningDate",
    "deadlineModel",
    "programmeDivisions",
    "budget",
    "searchText",
  ],
  fields: {
    externalId: identifier("id"),
    name: choose(
      [{ when: { field: "kind.label", isOneOf: ["Cascade funding calls"] }, use: text(firstOf("callTitle", "title")) }],
      text("title"),
    ),
    shortTitle: text("identifier"),
    description: markdown("abstract"),
    originUrl: url("url"),
    isCallForProject: constant(true),
    europeanAid: constant("sectorial"),
    startDate: date("startDate", ["iso-local"]),
    submissionDeadline: date("deadlineDate", ["iso-local"]),
    submissionDeadlineTime: time("deadlineDate", ["iso-local"]),
    recurrence: choose([{ when: { field: "deadlineDate", isFilled: true }, use: constant("oneoff") }]),
    aidTypes: constant(["grant"]),
    programs: list("frameworkProgrammes[].label"),
    financers: constant([{ name: "Commission européenne", siren: null }]),
    perimeters: constant([{ scale: "continent", code: "EU" }]),
  },
  tellApartBy: ["identifier", "id"],
  expect: { atLeast: 100 },
});
