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
 * European Commission, Funding & Tenders portal, as a third party's daily file: open and forthcoming calls with a future first deadline.
 * Oddities: only `id` is unique. Cascade-funding calls share the `identifier` and `title` of their topic and differ by `callTitle`; 11
 * pairs of topics share a title. Times carry a `Z` but are local time in Brussels (17:00), so we take the date as written. Abstracts are
 * text with `- ` lists, read as Markdown, and cut after 1,100 characters.
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
