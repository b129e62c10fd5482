import { constant, defineConnector, europeanCalls } from "moisson/connector-kit";

const calls = europeanCalls({
  id: "topicId",
  identifier: ["topicId"],
  title: ["topicTitle"],
  startDate: ["openDate"],
  deadlines: ["closeDate"],
});

/**
 * Horizon Europe, the topics of its work programmes 2021–2024 as a workbook that a third party made in May 2023: 1,454, of which 354 were
 * open or forthcoming.
 *
 * Oddities:
 * - the first column has no title and holds numbers of the maker's own;
 * - `pubDate` is that of the work programme, in 481 rows later than `openDate`: it is no opening date;
 * - deadlines are at 17:00 in Brussels; of a topic in two stages there is one;
 * - 19 titles ("Open Topic") are shared by several topics: told apart by `topicId`;
 * - no text, no link, nothing of who may apply.
 */
export const connector = defineConnector({
  ...calls,
  id: "horizon-europe-calls",
  state: "retired",
  because: "A workbook of May 2023, never renewed: all its calls are closed by now. Today's are in eu-funding-tenders-api.",
  feed: { urlFrom: "MOISSON_URL_HORIZON_EUROPE_CALLS" },
  decode: { format: "excel" },
  keepWhen: [{ when: { not: { field: "status", isOneOf: ["Closed"] } }, reason: "closed call" }],
  ignored: [
    "column 1",
    "ccm2Id",
    "callYear",
    "cluster",
    "destination",
    "destCode",
    "pubDate",
    "process",
    "actionType",
    "callId",
    "callTitle",
  ],
  fields: { ...calls.fields, programs: constant(["Horizon Europe (HORIZON)"]) },
});
