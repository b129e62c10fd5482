import type { Dataset } from "../../kit/feed.ts";

/** Where a portal is asked what it knows of a dataset: udata's API 1 (data.gouv.fr), CKAN's action API 3. */
export function datasetAddress({ portal, api, id }: Dataset): URL {
  const root = api.replace(/\/+$/, "");
  const name = encodeURIComponent(id);
  return new URL(portal === "ckan" ? `${root}/3/action/package_show?id=${name}` : `${root}/datasets/${name}/`);
}
