import type { Route } from "../../route.ts";
import { assignItems } from "./assign-items.tsx";
import { bulkRoutes } from "./bulk-acts.tsx";
import { changeActs } from "./change-acts.ts";
import { changePage } from "./change-page.tsx";
import { undoMany } from "./decision-bar.tsx";
import { presenceRoute } from "./presence.tsx";
import { changeList } from "./proposal-list.tsx";
import { queueLists } from "./queue-list.tsx";
import { rejectExpired } from "./reject-expired.ts";
import { reviewActs } from "./review-acts.ts";
import { nextAid, reviewPage } from "./review-page.tsx";

/** The review queues and the review page. The lists come first: `/relecture/:aide` would match their addresses too. */
export const reviewRoutes: readonly Route[] = [
  ...queueLists,
  ...changeList,
  changePage,
  ...changeActs,
  assignItems,
  undoMany,
  nextAid,
  ...bulkRoutes,
  rejectExpired,
  reviewPage,
  presenceRoute,
  ...reviewActs,
];
