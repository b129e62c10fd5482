import { setTimeout as delay } from "node:timers/promises";
import type { Worker } from "bullmq";

/** The methods of a BullMQ worker without autorun. */
export type IdleWorker = Pick<Worker, "waitUntilReady" | "run" | "close">;

const openAgainMs = 2000;

/**
 * Runs a worker once its server has answered. After a failed first connection it opens another worker: BullMQ's PostgreSQL backend would
 * remember the failure for ever and retry without a pause, which blocks the process.
 */
export function runWhenReady(open: () => IdleWorker, onTrouble: (error: Error) => void): Pick<Worker, "close"> {
  const closing = new AbortController();
  let worker = open();
  const begin = async () => {
    while (!(await isReady(worker, onTrouble))) {
      void worker.close().catch(() => undefined);
      await delay(openAgainMs, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      worker = open();
    }
    await worker.run();
  };
  begin().catch(onTrouble);
  return {
    close: () => {
      closing.abort();
      return worker.close();
    },
  };
}

async function isReady(worker: IdleWorker, onTrouble: (error: Error) => void): Promise<boolean> {
  try {
    await worker.waitUntilReady();
    return true;
  } catch (error) {
    onTrouble(error instanceof Error ? error : new Error(String(error)));
    return false;
  }
}
