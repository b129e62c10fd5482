import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { RunAsk, RunAsked } from "../catalogue/runs/run-queue-repository.ts";
import type { RunQueue } from "./queue/run-queue.ts";

/** Who asks, where nobody does: the time has come. */
export const bySchedule = "schedule";

/** What became of an ask. `queued`: false where the queue did not answer: workers put into it what the catalogue says is waiting. */
export type Asked = RunAsked & { readonly queued: boolean };

/** Asks for a run: writes it into the catalogue, then puts it into the queue. */
export async function askRun(catalogue: Catalogue, queue: RunQueue, ask: RunAsk): Promise<Asked> {
  return putAsked(queue, ask, await catalogue.runQueue.ask(ask));
}

/** Puts a run that the catalogue knows into the queue. */
export async function putAsked(queue: RunQueue, { connector, by }: RunAsk, asked: RunAsked): Promise<Asked> {
  const urgent = by !== bySchedule;
  try {
    await queue.put({ runId: asked.runId, connector }, { afterMs: 0, urgent });
    if (!asked.isNew && urgent) await queue.hurry(asked.runId);
    return { ...asked, queued: true };
  } catch {
    return { ...asked, queued: false };
  }
}
