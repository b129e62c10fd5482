import { constant, defineConnector, europeanCalls } from "moisson/connector-kit";

const calls = europeanCalls({
  id: "topicId",
  identifier: ["topicId"],
  title: ["topicTitle"],
  startDate: ["openDate"],
  deadlines: ["closeDate"],
});

/**
 * Horizon Europe, topics of its work programmes 2021–2024: a third party's workbook of May 2023. 354 of its 1,454 topics were open or
 * forthcoming.
 *
 * Oddities:
 * - the first column has no title. It contains numbers that only the third party uses;
 * - `pubDate` belongs to the work programme and is later than `openDate` in 481 rows, so it is not an opening date;
 * - deadlines are at 17:00 in Brussels. A topic with two stages has only one deadline here;
 * - 19 titles ("Open Topic") belong to several topics; `topicId` distinguishes them;
 * - topics have no text, link or eligible applicants.
 */
export const connector = defineConnector({
  ...calls,
  id: "horizon-europe-calls",
  title: "Horizon Europe",
  state: "retired",
  because: "This workbook of May 2023 was never updated, and all its calls are closed. eu-funding-tenders-api has the current calls.",
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
