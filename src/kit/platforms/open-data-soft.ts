import type { ConnectorInput } from "../definition.ts";
import { constant } from "../rules/constant.ts";

/** A connector of a dataset on an OpenDataSoft portal. */
type OpenDataSoft = Omit<ConnectorInput, "feed" | "decode"> & {
  /** Host of the portal: `data.paysdelaloire.fr`. */
  readonly domain: string;
  /** Identifier of the dataset, as its page's address has it. */
  readonly dataset: string;
  /** Default `exports`. */
  readonly version?: Version;
};

type Version = "exports" | "exports-csv" | "explore-v2.1" | "records-v1";
type Platform = Pick<ConnectorInput, "decode" | "ignored"> & { readonly path: string; readonly paging?: ConnectorInput["feed"]["paging"] };

/** Maximum number of records in one answer of the paged APIs. */
const pageSize = 100;

/** What the Search API v1 adds to the fields of a record. */
const ofSearch = ["datasetid", "recordid", "record_timestamp", "geometry"];

const platforms: Record<Version, (dataset: string) => Platform> = {
  exports: (dataset) => ({
    path: `/api/explore/v2.1/catalog/datasets/${dataset}/exports/json`,
    // Accepts a file saved from the older Search API too.
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
 * A dataset of an OpenDataSoft portal through one declared API. `importDataUrl` is the dataset's page. `exports`: Explore API v2.1, all
 * records in one JSON list with flat fields; an answer of the Search API v1 is read too (`--file`, another address), with its `fields`
 * lifted so that paths are the same. `exports-csv`: the same as CSV with `;`, lists joined by `,`. `explore-v2.1`: Explore API v2.1 in
 * pages, `{ total_count, results }`, flat fields, at most 10,000 records. `records-v1`: Search API v1 in pages, `{ nhits, records: [{
 * recordid, fields }] }`, paths begin with `fields.`, at most 10,000 records; `recordid` changes whenever the dataset is republished, so
 * it identifies nothing. A field with several values is a list in v2.1 and one text with a separator in v1; `split` reads both.
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
