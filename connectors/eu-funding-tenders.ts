import { defineConnector, europeanCalls, markdown } from "moisson/connector-kit";

const calls = europeanCalls({
  id: "id",
  identifier: ["identifier"],
  title: ["title"],
  callTitle: ["callTitle"],
  kind: ["kind.label"],
  url: ["url"],
  startDate: ["startDate"],
  deadlines: ["deadlineDate"],
  programme: ["frameworkProgrammes[].id"],
  programmeName: "frameworkProgrammes[].label",
});

/**
 * European Commission, Funding & Tenders portal: a daily file by a third party. It contains open and forthcoming calls whose first deadline
 * is in the future.
 *
 * Oddities:
 * - only `id` is unique. Cascade-funding calls have the `identifier` and `title` of their topic, and only `callTitle` differs. In 11 cases,
 *   two topics have the same title;
 * - times end with `Z` but are local time in Brussels (17:00), so we read the date as written;
 * - labels of programmes lose the "+" and contain "%26", so the names come from the codes;
 * - abstracts are texts with `- ` lists, cut after 1,100 characters. They are read as Markdown.
 */
export const connector = defineConnector({
  ...calls,
  id: "eu-funding-tenders",
  title: "appels, ancien fichier",
  state: "paused",
  because:
    "The portal's own search (eu-funding-tenders-api) returns the same calls, complete. With both connectors, each call would exist twice.",
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
  fields: { ...calls.fields, description: markdown("abstract") },
  expect: { atLeast: 100 },
});
