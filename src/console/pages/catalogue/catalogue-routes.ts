import type { Route } from "../../route.ts";
import { aidList } from "./aid-list.tsx";

/** The catalogue. */
export const catalogueRoutes: readonly Route[] = [...aidList];
