import type { Route } from "../../route.ts";
import { bulkRoutes } from "./bulk-routes.tsx";
import { presenceRoute } from "./presence.tsx";
import { queueLists } from "./queue-list.tsx";
import { rejectExpired } from "./reject-expired.ts";
import { reviewActs } from "./review-acts.ts";
import { nextAid, reviewPage } from "./review-page.tsx";

/** The review queues and the review page. The lists come first: `/relecture/:aide` would match their addresses too. */
export const reviewRoutes: readonly Route[] = [
  ...queueLists,
  nextAid,
  ...bulkRoutes,
  rejectExpired,
  reviewPage,
  presenceRoute,
  ...reviewActs,
];
