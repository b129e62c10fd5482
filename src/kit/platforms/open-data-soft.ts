import type { ConnectorInput } from "../definition.ts";
import { constant } from "../rules/constant.ts";

/** A connector of a dataset on an OpenDataSoft portal, but for where the records are and how they are written. */
type OpenDataSoft = Omit<ConnectorInput, "feed" | "decode"> & {
  /** Host of the portal: `data.paysdelaloire.fr`. */
  readonly domain: string;
  /** Identifier of the dataset, as its page's address has it. */
  readonly dataset: string;
  /** `exports` where nothing is said. */
  readonly version?: Version;
};

type Version = "exports" | "exports-csv" | "explore-v2.1" | "records-v1";
type Platform = Pick<ConnectorInput, "decode" | "ignored"> & { readonly path: string; readonly paging?: ConnectorInput["feed"]["paging"] };

/** Most records that one answer of the paged APIs holds. */
const pageSize = 100;

/** What the Search API v1 says beside the fields of a record. */
const ofSearch = ["datasetid", "recordid", "record_timestamp", "geometry"];

const platforms: Record<Version, (dataset: string) => Platform> = {
  exports: (dataset) => ({
    path: `/api/explore/v2.1/catalog/datasets/${dataset}/exports/json`,
    // Also a file that somebody took from the older Search API.
    decode: { format: "json", recordPath: ["records", ""], fieldsUnder: "fields", total: "nhits" },
    ignored: ofSearch,
  }),
  "exports-csv": (dataset) => ({
    path: `/api/explore/v2.1/catalog/datasets/${dataset}/exports/csv?delimiter=%3B`,
    decode: { format: "csv", delimiter: ";", encoding: "utf-8" },
  }),
  "explore-v2.1": (dataset) => ({
    path: `/api/explore/v2.1/catalog/datasets/${dataset}/records`,
    paging: { kind: "offset", limitParameter: "limit", offsetParameter: "offset", pageSize },
    decode: { format: "json", recordPath: "results", total: "total_count" },
  }),
  "records-v1": (dataset) => ({
    path: `/api/records/1.0/search/?dataset=${dataset}`,
    paging: { kind: "offset", limitParameter: "rows", offsetParameter: "start", pageSize },
    decode: { format: "json", recordPath: "records", total: "nhits" },
    ignored: ofSearch,
  }),
};

/**
 * A dataset of an OpenDataSoft portal, by one declared API. `importDataUrl` is the dataset's page.
 *
 * - `exports`: Explore API v2.1, all records in one JSON list, fields flat. An answer of the Search API v1 is read too (`--file`, another
 *   address): its `fields` are lifted, so that paths are the same. `exports-csv`: the same as CSV, `;`, lists joined by `,`.
 * - `explore-v2.1`: Explore API v2.1 in pages, `{ total_count, results }`, fields flat. The server refuses to go beyond 10,000 records.
 * - `records-v1`: Search API v1 in pages, `{ nhits, records: [{ recordid, fields }] }`: paths begin with `fields.`. 10,000 records too;
 *   `recordid` is another one whenever the dataset is published again, so that it identifies nothing.
 *
 * A field of several values is a list in v2.1 and one text with a separator in v1: read by `split`, both are the same.
 * https://help.opendatasoft.com/apis/ods-explore-v2/explore_v2.1.html, https://help.opendatasoft.com/apis/ods-search-v1/
 */
export function openDataSoft({ domain, dataset, version = "exports", ...about }: OpenDataSoft): ConnectorInput {
  const { path, paging, decode, ignored = [] } = platforms[version](encodeURIComponent(dataset));
  return {
    ...about,
    feed: { url: `https://${domain}${path}`, ...(paging && { paging }) },
    decode,
    ignored: [...ignored, ...(about.ignored ?? [])],
    fields: { importDataUrl: constant(`https://${domain}/explore/dataset/${encodeURIComponent(dataset)}/information/`), ...about.fields },
  };
}
