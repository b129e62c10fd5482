import { parentPort } from "node:worker_threads";
import type { LiveAid } from "../../catalogue/published/live-aids.ts";
import { type OpenDataOrigin, openPage } from "./open-page.ts";

/** Request to the thread. */
export interface PageAsked {
  readonly page: readonly LiveAid[];
  readonly origins: Readonly<Record<string, OpenDataOrigin>>;
}

/** The thread that prepares pages in order; see `page-opener.ts`. */
parentPort?.on("message", ({ page, origins }: PageAsked) => parentPort?.postMessage(openPage(page, origins)));
