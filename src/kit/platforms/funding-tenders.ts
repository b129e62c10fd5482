import type { ConnectorInput } from "../definition.ts";
import { firstOf } from "../expressions/expression.ts";
import { choose, type FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { date } from "../rules/date.ts";
import { html } from "../rules/texts.ts";
import { europeanCalls } from "./european-calls.ts";

/** A connector of the portal's search. Its `fields` replace those of the platform; its `ignored` are added. */
type FundingTenders = Pick<ConnectorInput, "id"> &
  Partial<Omit<ConnectorInput, "id" | "decode" | "feed" | "fields">> & {
    /** Settings that replace those of the platform, such as limits. Tests set the address of their server. */
    readonly feed?: Partial<ConnectorInput["feed"]>;
    readonly fields?: Partial<FieldRules>;
  };

/** Codes of open and forthcoming calls. The index also contains all closed calls. */
const statuses = ["31094501", "31094502"];
/** Codes of grants, external-action calls and cascade funding. Tenders have `0`. */
const kinds = ["1", "2", "8"];

/** Most records have their fields in `metadata`, a few at the top level. */
const both = (name: string): string[] => [`metadata.${name}`, name];

const calls = europeanCalls({
  id: "reference",
  identifier: both("identifier"),
  title: both("title"),
  callTitle: both("callTitle"),
  kind: both("type"),
  url: both("url"),
  startDate: both("startDate"),
  deadlines: both("deadlineDate"),
  programme: both("frameworkProgramme"),
});

const deadlineModel = (value: string) => ({ field: "metadata.deadlineModel", isOneOf: [value] });

const fields: FieldRules = {
  ...calls.fields,
  description: html(firstOf("metadata.descriptionByte", ...both("description"))),
  eligibility: html(firstOf("metadata.topicConditions", "metadata.beneficiaryAdministration")),
  contact: html("metadata.supportInfo"),
  // A two-stage call has a first deadline for the outline. Only authors of an outline can submit a full proposal.
  predepositDate: choose([{ when: deadlineModel("two-stage"), use: date("metadata.deadlineDate", ["iso-local"]) }]),
  recurrence: choose([
    { when: deadlineModel("multiple cut-off"), use: constant("recurring") },
    { when: { any: both("deadlineDate").map((field) => ({ field, isFilled: true })) }, use: constant("oneoff") },
  ]),
};

/**
 * Returns a connector of the search API behind the European Commission's Funding & Tenders portal. The Commission does not document it. We
 * use version 2.151 as https://github.com/MichelNivard/eu-grants-feed/blob/main/scripts/update-data.mjs does every day.
 *
 * - A request is a POST with `pageNumber` and `pageSize` in the address and a multipart body of JSON parts. Other parts give a status 500
 *   or no records.
 * - A response is `{ totalResults, results: [{ reference, url, language, metadata }] }`. Each value of `metadata` is a list.
 * - Results are sorted by identifier. If they are sorted by a value that calls share, such as a date, pages overlap and miss calls.
 * - One query returns at most 10,000 results. About 1,400 calls are open or forthcoming. More would be split by status, then by kind.
 * - Only `reference` is unique. It ends with the language, so without `languages` each translation would be another call.
 * - A call with two stages or several cut-offs has several deadlines. The latest counts. The call may stay "open" long after it.
 */
export function fundingTenders({ feed, ...about }: FundingTenders): ConnectorInput {
  return {
    ...calls,
    // Skips translations, in case the server sends them anyway.
    keepWhen: [
      {
        when: {
          any: [
            { field: "language", isOneOf: ["en"] },
            { field: "language", isFilled: false },
          ],
        },
        reason: "in another language",
      },
    ],
    ...about,
    feed: {
      url: "https://api.tech.ec.europa.eu/search-api/prod/rest/search?apiKey=SEDIA&text=***",
      body: { kind: "multipart", parts: queryParts },
      paging: { kind: "page", pageParameter: "pageNumber", sizeParameter: "pageSize", pageSize: 100 },
      split: {
        window: 10_000,
        facets: [
          { name: "status", values: statuses },
          { name: "type", values: kinds },
        ],
      },
      ...feed,
    },
    decode: { format: "json", recordPath: "results", total: "totalResults" },
    ignored: [...envelope, ...(about.ignored ?? [])],
    fields: { ...fields, ...about.fields },
  };
}

const queryParts = [
  { name: "query", value: { bool: { must: [{ terms: { type: ["{type}"] } }, { terms: { status: ["{status}"] } }] } } },
  { name: "languages", value: ["en"] },
  { name: "sort", value: { field: "identifier", order: "ASC" } },
  {
    name: "displayFields",
    value: [
      ...["identifier", "title", "callTitle", "type", "status", "url", "frameworkProgramme", "startDate", "deadlineDate", "deadlineModel"],
      ...["descriptionByte", "description", "topicConditions", "beneficiaryAdministration", "supportInfo"],
    ],
  },
];

/** Fields about the document in the index, not about the call. */
const envelope = [
  "accessRestriction",
  "apiVersion",
  "checksum",
  "children",
  "citation",
  "content",
  "contentType",
  "database",
  "databaseLabel",
  "enrichedMetadata",
  "groupById",
  "highlightedFragments",
  "pages",
  "status",
  "summary",
  "weight",
];
