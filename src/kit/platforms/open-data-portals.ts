import type { ConnectorInput } from "../definition.ts";

type PortalDataset = Omit<ConnectorInput, "feed"> & {
  /** Identifier or slug of the dataset. */
  readonly dataset: string;
  /** The portal's name of the format: `csv`, `json`, `xlsx`. The feed is the newest file in this format. */
  readonly format: string;
  /** Words that the file's title must contain. */
  readonly titled?: string;
  /** Other settings of the feed, such as limits. */
  readonly feed?: Omit<ConnectorInput["feed"], "url" | "urlFrom" | "dataset">;
};

/** Returns a connector of a dataset on data.gouv.fr (https://doc.data.gouv.fr/api/reference/) or, with `api`, on another udata portal. */
export function dataGouv({ api = "https://www.data.gouv.fr/api/1", ...about }: PortalDataset & { readonly api?: string }): ConnectorInput {
  return onPortal("dataGouv", api, about);
}

/** Returns a connector of a dataset on a CKAN portal (https://docs.ckan.org/en/latest/api/). `api`: the root, `https://…/api`. */
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
