import type { CuratedAid } from "../../../catalogue/aids/aid-repository.ts";
import { shownValue } from "../../../model/aid/shown-value.ts";
import type { Page } from "../../route.ts";

const longest = 60;

/** Pages above one that is about an aid: the catalogue, the aid. */
export function aidBreadcrumb(aid: CuratedAid): NonNullable<Page["breadcrumb"]> {
  const title = String(shownValue(aid, "name"));
  return [
    { title: "Catalogue", href: "/aides" },
    { title: title.length <= longest ? title : `${title.slice(0, longest).trimEnd()}…`, href: `/aides/${aid.aidId}` },
  ];
}
