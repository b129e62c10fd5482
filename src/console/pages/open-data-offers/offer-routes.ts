import type { Route } from "../../route.ts";
import { dailyFile } from "./daily-file.tsx";
import { offerActs } from "./offer-section.tsx";
import { offeredFileRoutes } from "./offered-file-page.tsx";

export const offerRoutes: readonly Route[] = [...offeredFileRoutes, dailyFile, ...offerActs];
