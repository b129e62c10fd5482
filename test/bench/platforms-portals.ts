import type { ConnectorInput } from "../../src/kit/definition.ts";
import { ckan, dataGouv, fundingTenders, openDataSoft } from "../../src/kit/index.ts";
import { benchConnector } from "./bench-connector.ts";
import {
  type Answer,
  type Asked,
  aid,
  csvTable,
  jsonAnswer,
  jsonList,
  limits,
  type PlatformFeed,
  pageOf,
  pageSize,
  publisher,
} from "./platforms-feed.ts";

/** Open-data portals and the search of the European Commission. */
export const portals: readonly PlatformFeed[] = [
  {
    name: "openDataSoft, `exports`",
    define: (at) => onOpenDataSoft(at, "exports"),
    answer: (_, count) => ({ body: jsonList(count, record) }),
  },
  {
    name: "openDataSoft, `exports-csv`",
    define: (at) => onOpenDataSoft(at, "exports-csv"),
    answer: (_, count) => ({ body: csvTable(count, record) }),
  },
  {
    name: "openDataSoft, `explore-v2.1`, pages",
    define: (at) => onOpenDataSoft(at, "explore-v2.1"),
    answer: ({ query }, count) => jsonAnswer({ total_count: count, results: pageOf(Number(query.get("offset")), count, record) }),
  },
  {
    name: "dataGouv, CSV",
    define: (at) => dataGouv({ ...own, id: "bench-data-gouv", api: `${at}/api/1`, dataset: "aides", format: "csv", feed: limits }),
    answer: (asked, count) => datasetOrTable(asked, count, { title: "Aides", license: "lov2", resources: [fileOf(asked, "title")] }),
  },
  {
    name: "ckan, CSV",
    define: (at) => ckan({ ...own, id: "bench-ckan", api: `${at}/api`, dataset: "aides", format: "csv", feed: limits }),
    answer: (asked, count) =>
      datasetOrTable(asked, count, { success: true, result: { title: "Aides", resources: [fileOf(asked, "name")] } }),
  },
  {
    name: "fundingTenders, POST, split by status and kind",
    define: (at, count) =>
      fundingTenders({
        id: "bench-funding-tenders",
        feed: {
          url: `${at}/search?apiKey=SEDIA`,
          ...limits,
          // The window is larger than a sixth of the calls, but smaller than a half.
          split: {
            window: Math.ceil(count / 5),
            facets: [
              { name: "status", values: statuses },
              { name: "type", values: kinds },
            ],
          },
        },
      }),
    answer: search,
  },
];

/** Returns the aid without its long text: 1 KB. */
function record(index: number) {
  const { texte: _, ...short } = aid(index);
  return short;
}

const { fields, ignored = [] } = benchConnector("csv");
const own = { publisher, fields, ignored, decode: { format: "csv", delimiter: ";" } } satisfies Partial<ConnectorInput>;

/** Unlike the real portal, this one does not limit a query to 10,000 records. */
function onOpenDataSoft(at: string, version: "exports" | "exports-csv" | "explore-v2.1"): ConnectorInput {
  const domain = "data.example.org";
  const connector = openDataSoft({ id: "bench-open-data-soft", publisher, fields, ignored, domain, dataset: "aides", version });
  return { ...connector, feed: { ...connector.feed, ...limits, url: connector.feed.url?.replace(`https://${domain}`, at) } };
}

function datasetOrTable({ path }: Asked, count: number, dataset: unknown): Answer {
  return path === "/aides.csv" ? { body: csvTable(count, record) } : jsonAnswer(dataset);
}

function fileOf({ at }: Asked, titleKey: "title" | "name") {
  return { [titleKey]: "aides", type: "main", format: "csv", url: `${at}/aides.csv`, last_modified: "2026-10-01T08:00:00" };
}

const statuses = ["31094501", "31094502"];
const kinds = ["1", "2", "8"];

/** Returns the calls with the requested statuses and kinds, which repeat every six calls. */
function search({ query, body }: Asked, count: number): Answer {
  const places = [0, 1, 2, 3, 4, 5].filter((place) => isAsked(body, "status", statusOf(place)) && isAsked(body, "type", kindOf(place)));
  const found = (nth: number) => 6 * Math.floor(nth / places.length) + (places[nth % places.length] ?? 0);
  const totalResults = places.reduce((sum, place) => sum + Math.ceil((count - place) / 6), 0);
  const from = (Number(query.get("pageNumber")) - 1) * pageSize;
  return jsonAnswer({ apiVersion: "2.151", totalResults, results: pageOf(from, totalResults, (nth) => call(found(nth))) });
}

const statusOf = (index: number) => statuses[index % 2] ?? "";
const kindOf = (index: number) => kinds[Math.floor(index / 2) % 3] ?? "";

function isAsked(body: string, field: string, value: string): boolean {
  const [, values = ""] = new RegExp(`"terms":\\{"${field}":\\[([^\\]]*)\\]`).exec(body) ?? [];
  return values.includes(`"${value}"`);
}

function call(index: number) {
  const { id, titre, texte, url } = aid(index);
  return {
    apiVersion: "2.151",
    reference: `${id}TOPICSen`,
    url: `${url}.json`,
    language: "en",
    metadata: {
      identifier: [`LIFE-2026-${id}`],
      title: titre === "" ? [] : [titre],
      type: [kindOf(index)],
      status: [statusOf(index)],
      frameworkProgramme: ["43252405"],
      startDate: ["2026-12-08T00:00:00.000+0000"],
      deadlineDate: ["2027-03-10T17:00:00.000+0000"],
      deadlineModel: ["single-stage"],
      url: [url],
      descriptionByte: [texte],
    },
  };
}
