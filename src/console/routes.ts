import { accessRoutes } from "./pages/access/access-routes.ts";
import { runRoutes } from "./pages/runs/run-routes.ts";
import type { Route } from "./route.ts";

/** Every address of the console. A test asks each of them as nobody and as every role. */
export const routes: readonly Route[] = [...accessRoutes, ...runRoutes];
