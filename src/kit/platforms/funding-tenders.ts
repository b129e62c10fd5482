import type { ConnectorInput } from "../definition.ts";
import { firstOf } from "../expressions/expression.ts";
import { choose, type FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { date } from "../rules/date.ts";
import { html } from "../rules/html.ts";
import { europeanCalls } from "./european-calls.ts";
import { europeanProgrammes } from "./european-programmes.ts";

/** A connector of the portal's search, but for what the portal decides. What it says of `fields` goes over that; `ignored` is added. */
type FundingTenders = Pick<ConnectorInput, "id"> &
  Partial<Omit<ConnectorInput, "id" | "decode" | "feed" | "fields">> & {
    /** What of the feed is not the portal's own: limits, another address for tests. */
    readonly feed?: Partial<ConnectorInput["feed"]>;
    readonly fields?: Partial<FieldRules>;
  };

/** Open and forthcoming. Closed calls stay in the index for ever. */
const statuses = ["31094501", "31094502"];
/** Grants, calls for proposals of external action, cascade funding. Tenders are `0`. */
const kinds = ["1", "2", "8"];

/** Where `metadata` is missing, what is in it stands beside `reference`. */
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
});

const deadlineModel = (value: string) => ({ field: "metadata.deadlineModel", isOneOf: [value] });

const fields: FieldRules = {
  ...calls.fields,
  description: html(firstOf("metadata.descriptionByte", ...both("description"))),
  eligibility: html(firstOf("metadata.topicConditions", "metadata.beneficiaryAdministration")),
  contact: html("metadata.supportInfo"),
  // The first of two deadlines is that of the outline; who has handed in none cannot hand in the whole.
  predepositDate: choose([{ when: deadlineModel("two-stage"), use: date("metadata.deadlineDate", ["iso-local"]) }]),
  recurrence: choose([
    { when: deadlineModel("multiple cut-off"), use: constant("recurring") },
    { when: { any: both("deadlineDate").map((field) => ({ field, isFilled: true })) }, use: constant("oneoff") },
  ]),
  programs: choose(
    Object.entries(europeanProgrammes).map(([code, name]) => ({
      when: { any: both("frameworkProgramme").map((field) => ({ field, isOneOf: [code] })) },
      use: constant([name]),
    })),
  ),
};

/**
 * The search of the European Commission's Funding & Tenders portal, asked as the portal's own pages ask it: POST, a multipart body whose
 * parts are JSON, `pageNumber` and `pageSize` in the address. It answers
 * `{ totalResults, results: [{ reference, url, language, metadata }] }`; each value of `metadata` is a list. The Commission describes it
 * nowhere that we found: this is version 2.151, as a program uses it that asks it daily,
 * https://github.com/MichelNivard/eu-grants-feed/blob/main/scripts/update-data.mjs.
 *
 * - parts that are not JSON are answered with 500, or without records;
 * - sorted by what many calls share (a date, a status) pages overlap, and some calls are on none; sorted by identifier they are whole;
 * - one question gives 10,000 results at most. About 1,400 calls are open or forthcoming; more would be asked for by status, then by kind;
 * - `reference` alone is one call's own, and ends with its language: without `languages` each translation would be one more call;
 * - a call has several deadlines where it has two stages or several cut-offs: the latest counts. It may stay "open" long after it;
 * - a few calls come without `metadata`; a programme whose code we do not know is left out.
 */
export function fundingTenders({ feed, ...about }: FundingTenders): ConnectorInput {
  return {
    ...calls,
    // Translations, should they come all the same.
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
      body: { kind: "multipart", parts: question },
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

const question = [
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

/** What the index says of its document. */
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
