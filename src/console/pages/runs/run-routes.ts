import type { Route } from "../../route.ts";
import { runList } from "./run-list.tsx";

/** Runs: the list, and each. */
export const runRoutes: readonly Route[] = [...runList];
