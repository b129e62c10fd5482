import type { ConnectorInput } from "../definition.ts";
import { constant } from "../rules/constant.ts";

/** A connector of a dataset on an OpenDataSoft portal. */
type OpenDataSoft = Omit<ConnectorInput, "feed" | "decode"> & {
  /** Host of the portal: `data.paysdelaloire.fr`. */
  readonly domain: string;
  /** Identifier of the dataset, as in the address of its page. */
  readonly dataset: string;
  /** Default `exports`. */
  readonly version?: Version;
};

type Version = "exports" | "exports-csv" | "explore-v2.1" | "records-v1";
type Platform = Pick<ConnectorInput, "decode" | "ignored"> & { readonly path: string; readonly paging?: ConnectorInput["feed"]["paging"] };

/** Maximum number of records in one answer of the paged APIs. */
const pageSize = 100;

/** Fields that the Search API v1 adds to each record. */
const addedFields = ["datasetid", "recordid", "record_timestamp", "geometry"];

const platforms: Record<Version, (dataset: string) => Platform> = {
  exports: (dataset) => ({
    path: `/api/explore/v2.1/catalog/datasets/${dataset}/exports/json`,
    // Accepts a file saved from the older Search API too.
    decode: { format: "json", recordPath: ["records", ""], fieldsUnder: "fields", total: "nhits" },
    ignored: addedFields,
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
    ignored: addedFields,
  }),
};

/**
 * Returns a connector of a dataset on an OpenDataSoft portal. `importDataUrl` is the page of the dataset.
 *
 * - `exports`: the Explore API v2.1 returns all records in one JSON list. A response of the Search API v1, given as a file, is read too:
 *   its `fields` move up into the record, so that the paths are the same.
 * - `exports-csv`: the same as CSV with `;`. Commas join list members.
 * - `explore-v2.1`: the Explore API v2.1 in pages, `{ total_count, results }`. At most 10,000 records.
 * - `records-v1`: the Search API v1 in pages, `{ nhits, records: [{ recordid, fields }] }`. Paths start with `fields.`. At most 10,000
 *   records. Do not use `recordid` as identifier: it changes whenever the dataset is published again.
 *
 * A field with several values is a list in v2.1, and one text with a separator in v1. `split` reads both.
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
