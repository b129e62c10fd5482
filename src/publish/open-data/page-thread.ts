import { parentPort } from "node:worker_threads";
import type { LiveAid } from "../../catalogue/published/live-aids.ts";
import { type OpenDataOrigin, openPage } from "./open-page.ts";

/** What the thread is asked. */
export interface PageAsked {
  readonly page: readonly LiveAid[];
  readonly origins: Readonly<Record<string, OpenDataOrigin>>;
}

/** The thread that opens pages, one after the other; see `page-opener.ts`. */
parentPort?.on("message", ({ page, origins }: PageAsked) => parentPort?.postMessage(openPage(page, origins)));
