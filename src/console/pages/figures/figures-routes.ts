import type { Route } from "../../route.ts";
import { ownFigures } from "./own-figures.tsx";
import { teamFigures } from "./team-figures.tsx";

/** Figures of the month: of all, and of a publisher. */
export const figuresRoutes: readonly Route[] = [...teamFigures, ...ownFigures];
