import type { ConnectorInput } from "../definition.ts";

/** A connector of a dataset on an open-data portal. The format of the file is the connector's own. */
type PortalDataset = Omit<ConnectorInput, "feed"> & {
  /** Identifier or slug of the dataset. */
  readonly dataset: string;
  /** Format as the portal writes it (`csv`, `json`, `xlsx`). The newest file in it is the feed. */
  readonly format: string;
  /** Words of the file's title, if the dataset has several files of the format. */
  readonly titled?: string;
  /** Other settings of the feed: secrets, limits. */
  readonly feed?: Omit<ConnectorInput["feed"], "url" | "urlFrom" | "dataset">;
};

/** A dataset of data.gouv.fr, API version 1 (https://doc.data.gouv.fr/api/reference/). `api` selects another udata portal. */
export function dataGouv({ api = "https://www.data.gouv.fr/api/1", ...about }: PortalDataset & { readonly api?: string }): ConnectorInput {
  return onPortal("dataGouv", api, about);
}

/**
 * A dataset of a CKAN portal, Action API version 3 (https://docs.ckan.org/en/latest/api/). `api` is the root of its API (`https://…/api`).
 */
export function ckan({ api, ...about }: PortalDataset & { readonly api: string }): ConnectorInput {
  return onPortal("ckan", api, about);
}

function onPortal(
  portal: "dataGouv" | "ckan",
  api: string,
  { dataset: id, format, titled, feed, ...about }: PortalDataset,
): ConnectorInput {
  return { ...about, feed: { ...feed, dataset: { portal, api, id, format, ...(titled !== undefined && { titled }) } } };
}
