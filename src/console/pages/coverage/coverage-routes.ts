import type { Route } from "../../route.ts";
import { coverageFiles } from "./coverage-files.ts";
import { coveragePage } from "./coverage-page.tsx";

/** Who is online, in talks, absent: a page, and its table as files. */
export const coverageRoutes: readonly Route[] = [coveragePage, ...coverageFiles];
