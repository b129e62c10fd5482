import type { Route } from "../../route.ts";
import { findPage } from "./find-page.tsx";

/** « Où est mon aide ? » */
export const findRoutes: readonly Route[] = [findPage];
