import type { Route } from "../../route.ts";
import { accessibilityRoute } from "./accessibility-page.tsx";
import { legalNoticeRoute } from "./legal-notice-page.tsx";
import { personalDataRoute } from "./personal-data-page.tsx";
import { siteMapRoute } from "./site-map-page.tsx";

/** Public legal pages, and the site map. */
export const legalRoutes: readonly Route[] = [accessibilityRoute, legalNoticeRoute, personalDataRoute, siteMapRoute];
