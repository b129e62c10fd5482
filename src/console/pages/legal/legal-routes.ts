import type { Route } from "../../route.ts";
import { accessibilityRoute } from "./accessibility-page.tsx";
import { legalNoticeRoute } from "./legal-notice-page.tsx";
import { personalDataRoute } from "./personal-data-page.tsx";

/** Public legal pages. */
export const legalRoutes: readonly Route[] = [accessibilityRoute, legalNoticeRoute, personalDataRoute];
