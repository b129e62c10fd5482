import type { LiveAid } from "../../catalogue/published/live-aids.ts";
import { startThread } from "../../platform/start-module.ts";
import { type OpenDataOrigin, type OpenedPage, openPage } from "./open-page.ts";

/** Maximum number of pages in the thread at once. */
const maxAtOnce = 3;

/**
 * Yields prepared pages in order. The first is prepared here; a thread prepares more, beside reading and writing, because this is most of
 * the work. Throws what the thread throws.
 */
export async function* openedPages(
  pages: AsyncIterable<readonly LiveAid[]>,
  origins: Readonly<Record<string, OpenDataOrigin>>,
): AsyncGenerator<OpenedPage> {
  let thread: ReturnType<typeof openThread> | null = null;
  const going: Promise<OpenedPage>[] = [];
  try {
    let isFirst = true;
    for await (const page of pages) {
      if (isFirst) yield openPage(page, origins);
      else {
        thread ??= openThread();
        going.push(thread.open(page, origins));
        const done = going.length === maxAtOnce ? going.shift() : undefined;
        if (done !== undefined) yield await done;
      }
      isFirst = false;
    }
    for (const last of going) yield await last;
  } finally {
    await thread?.end();
  }
}

/** Starts the thread, which answers in the order of requests. */
function openThread() {
  const thread = startThread(new URL("./page-thread.ts", import.meta.url));
  const waiting: { resolve: (opened: OpenedPage) => void; reject: (error: Error) => void }[] = [];
  const fail = (error: Error) => {
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  thread.on("message", (opened: OpenedPage) => waiting.shift()?.resolve(opened));
  thread.on("error", fail);
  thread.on("exit", () => fail(new Error("The thread that opens aids has ended.")));
  return {
    open(page: readonly LiveAid[], origins: Readonly<Record<string, OpenDataOrigin>>): Promise<OpenedPage> {
      const opened = new Promise<OpenedPage>((resolve, reject) => waiting.push({ resolve, reject }));
      opened.catch(() => undefined); // avoids an unhandled rejection if the reader has stopped
      thread.postMessage({ page, origins });
      return opened;
    },
    end: () => thread.terminate(),
  };
}
