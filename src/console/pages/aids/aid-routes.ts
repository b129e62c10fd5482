import type { Route } from "../../route.ts";
import { aidPage } from "./aid-page.tsx";
import { aidRecord } from "./aid-record.ts";
import { editAidRoutes } from "./edit-aid.tsx";
import { fieldActRoutes } from "./field-act-routes.ts";
import { mergeAidRoutes } from "./merge-aid.tsx";
import { standingActRoutes } from "./standing-act-routes.tsx";
import { undoAidAct } from "./undo-aid-act.ts";

/** An aid, and what a curator does to it. */
export const aidRoutes: readonly Route[] = [
  aidPage,
  aidRecord,
  ...editAidRoutes,
  ...standingActRoutes,
  ...fieldActRoutes,
  ...mergeAidRoutes,
  undoAidAct,
];
