import type { Dataset } from "../../kit/feed.ts";

/** Returns the address of a dataset's description: API 1 of udata (data.gouv.fr) or action API 3 of CKAN. */
export function datasetAddress({ portal, api, id }: Dataset): URL {
  const root = api.replace(/\/+$/, "");
  const name = encodeURIComponent(id);
  return new URL(portal === "ckan" ? `${root}/3/action/package_show?id=${name}` : `${root}/datasets/${name}/`);
}
