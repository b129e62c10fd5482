import type { Route } from "../../route.ts";
import { recordDownload, recordPage } from "./record-page.tsx";
import { rejectedList } from "./rejected-list.tsx";
import { cancelRoute, replayRoute, undoRoute } from "./run-acts.tsx";
import { issuesPage } from "./run-issues.tsx";
import { runList } from "./run-list.tsx";
import { runPage } from "./run-page.tsx";
import { setAsidePage, setAsideRoute, takeBackRoute } from "./set-aside.tsx";

export const runRoutes: readonly Route[] = [
  ...runList,
  runPage,
  cancelRoute,
  replayRoute,
  undoRoute,
  ...rejectedList,
  issuesPage,
  recordPage,
  recordDownload,
  setAsidePage,
  setAsideRoute,
  takeBackRoute,
];
