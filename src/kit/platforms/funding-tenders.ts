import type { ConnectorInput } from "../definition.ts";
import { firstOf } from "../expressions/expression.ts";
import { choose, type FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { date } from "../rules/date.ts";
import { html } from "../rules/html.ts";
import { europeanCalls } from "./european-calls.ts";
import europeanProgrammes from "./european-programmes.json" with { type: "json" };

/** A connector of the portal's search. Its `fields` override the platform's; `ignored` is added. */
type FundingTenders = Pick<ConnectorInput, "id"> &
  Partial<Omit<ConnectorInput, "id" | "decode" | "feed" | "fields">> & {
    /** Settings of the feed that differ: limits, another address for tests. */
    readonly feed?: Partial<ConnectorInput["feed"]>;
    readonly fields?: Partial<FieldRules>;
  };

/** Open and forthcoming. Closed calls stay in the index for ever. */
const statuses = ["31094501", "31094502"];
/** Grants, external-action calls, cascade funding. Tenders are `0`. */
const kinds = ["1", "2", "8"];

/** If `metadata` is missing, its members are beside `reference`. */
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
  // The first of two deadlines is for the outline. Without an outline nobody can submit the full proposal.
  predepositDate: choose([{ when: deadlineModel("two-stage"), use: date("metadata.deadlineDate", ["iso-local"]) }]),
  recurrence: choose([
    { when: deadlineModel("multiple cut-off"), use: constant("recurring") },
    { when: { any: both("deadlineDate").map((field) => ({ field, isFilled: true })) }, use: constant("oneoff") },
  ]),
  // Programmes by the code of the search API, named as on the portal (facets of August 2026).
  programs: choose(
    Object.entries(europeanProgrammes).map(([code, name]) => ({
      when: { any: both("frameworkProgramme").map((field) => ({ field, isOneOf: [code] })) },
      use: constant([name]),
    })),
  ),
};

/**
 * The search of the European Commission's Funding & Tenders portal, queried as the portal's own pages do: POST, a multipart body with JSON
 * parts, `pageNumber` and `pageSize` in the address. It answers `{ totalResults, results: [{ reference, url, language, metadata }] }`;
 * each value of `metadata` is a list. We found no documentation by the Commission: this is version 2.151 as used daily by
 * https://github.com/MichelNivard/eu-grants-feed/blob/main/scripts/update-data.mjs. Parts other than JSON give 500, or no records. Sorted
 * by a shared value (date, status), pages overlap and miss calls; sorted by identifier they are complete. One query returns 10,000 results
 * at most; about 1,400 calls are open or forthcoming, and more would be split by status, then by kind. Only `reference` is unique, and it
 * ends with the language, so without `languages` each translation would be another call. A call with two stages or several cut-offs has
 * several deadlines: the latest counts, and the call may stay "open" long after it. A few calls lack `metadata`; a programme with an
 * unknown code is left out.
 */
export function fundingTenders({ feed, ...about }: FundingTenders): ConnectorInput {
  return {
    ...calls,
    // Translations, in case the server sends them anyway.
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

/** What the index says about its document. */
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
