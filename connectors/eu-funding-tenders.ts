import { defineConnector, europeanCalls, list, markdown } from "moisson/connector-kit";

const calls = europeanCalls({
  id: "id",
  identifier: ["identifier"],
  title: ["title"],
  callTitle: ["callTitle"],
  kind: ["kind.label"],
  url: ["url"],
  startDate: ["startDate"],
  deadlines: ["deadlineDate"],
});

/**
 * European Commission, Funding & Tenders portal, as a third party's daily file: open and forthcoming calls whose first deadline is to
 * come. Oddities: only `id` is unique; cascade-funding calls share `identifier` and `title` of their topic and are told apart by
 * `callTitle`; 11 titles are shared by pairs of topics; times carry a `Z` but are Brussels local time (17:00): the date is the one
 * written. Abstracts are text with `- ` lists, read as Markdown, and cut behind 1,100 characters.
 */
export const connector = defineConnector({
  ...calls,
  id: "eu-funding-tenders",
  state: "paused",
  because: "The portal's own search (eu-funding-tenders-api) gives the same calls, whole: both would bring each call twice.",
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
  fields: { ...calls.fields, description: markdown("abstract"), programs: list("frameworkProgrammes[].label") },
  expect: { atLeast: 100 },
});
