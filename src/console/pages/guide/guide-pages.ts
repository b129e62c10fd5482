import type { FaultKind } from "../../../model/letter/fault-kinds.ts";
import type { GuidePage } from "./guide-page.ts";
import { contactPage } from "./pages/contact.ts";
import { contentPage } from "./pages/content.ts";
import { datesPage } from "./pages/dates.ts";
import { identifiersPage } from "./pages/identifiers.ts";
import { licencePage } from "./pages/licence.ts";
import { nationalSchemaPage } from "./pages/national-schema.ts";
import { overview } from "./pages/overview.ts";
import { templatePage } from "./pages/template.ts";

/** The pages of the guide, in reading order. */
export const guidePages: readonly GuidePage[] = [
  overview,
  templatePage,
  identifiersPage,
  datesPage,
  contentPage,
  licencePage,
  contactPage,
  nationalSchemaPage,
];

/** Returns the path of a page of the guide. */
export function guidePath({ path }: Pick<GuidePage, "path">): string {
  return path === "" ? "/publier-ses-aides" : `/publier-ses-aides/${path}`;
}

const pageOfKind: Readonly<Record<FaultKind, GuidePage>> = {
  lost: templatePage,
  identifiers: identifiersPage,
  reported: contentPage,
  dates: datesPage,
  links: contentPage,
  amounts: contentPage,
  territories: contentPage,
  empty: overview,
  texts: templatePage,
};

/** Returns the page that helps with a kind of fault. */
export function guidePageForFaults(kind: FaultKind): GuidePage {
  return pageOfKind[kind];
}
