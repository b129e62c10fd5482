import type { Route } from "../../route.ts";
import { nightPage } from "./night-page.tsx";

/** What the morning begins with. */
export const nightRoutes: readonly Route[] = [nightPage];
