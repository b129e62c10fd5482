import type { Route } from "../../route.ts";
import { benchActs } from "./bench-acts.ts";
import { benchPage, nextAid } from "./bench-page.tsx";
import { bulkRoutes } from "./bulk-routes.tsx";
import { presenceRoute } from "./presence.tsx";
import { queueLists } from "./queue-list.tsx";
import { rejectExpired } from "./reject-expired.ts";

/** The review queue: lists and workbench. Lists come first, because their addresses would match an aid's. */
export const reviewRoutes: readonly Route[] = [
  ...queueLists,
  nextAid,
  ...bulkRoutes,
  rejectExpired,
  benchPage,
  presenceRoute,
  ...benchActs,
];
