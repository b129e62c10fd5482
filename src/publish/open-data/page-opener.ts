import type { LiveAid } from "../../catalogue/published/live-aids.ts";
import { startThread } from "../../platform/start-thread.ts";
import { type OpenDataOrigin, type OpenedPage, openPage } from "./open-page.ts";

/** Pages that are on their way through the thread at a time. */
const mostAtOnce = 3;

/**
 * What the files of a dump have of each page, in the order of the pages. The first page is done here; where more come, a thread does them
 * beside what reads and writes: this is most of the work.
 * @throws what the thread threw
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
        const done = going.length === mostAtOnce ? going.shift() : undefined;
        if (done !== undefined) yield await done;
      }
      isFirst = false;
    }
    for (const last of going) yield await last;
  } finally {
    await thread?.end();
  }
}

/** The thread, which answers in the order in which it is asked. */
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
      opened.catch(() => undefined); // told to whoever waits for it, and there may be nobody
      thread.postMessage({ page, origins });
      return opened;
    },
    end: () => thread.terminate(),
  };
}
