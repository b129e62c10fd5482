import { QueueRefused } from "../../jobs/queue/queue-refused.ts";
import type { CommandContext } from "../context.ts";
import { runNamed } from "../everyday/plan-named.ts";
import { NotDone } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { withQueue } from "../queue.ts";

/** Cancels a queued or running run. */
export async function cancel(context: CommandContext, named: string, flags: Pick<CuratorFlags, "by">): Promise<void> {
  const { terminal, environment, withCatalogue } = context;
  await withCatalogue(async (catalogue, { clock }) => {
    const run = await runNamed(catalogue, named);
    const { by } = curatorOf(flags, environment, clock.now());
    const was = await catalogue.runQueue.cancel(run.runId, by, clock.now());
    if (was === null) throw new NotDone(`run ${run.runId.slice(0, 8)} of ${run.connector} has already ended: ${run.outcome ?? "just now"}`);
    if (was === "queued") await removeFromQueue(context, run.runId);
    terminal.out(sentences[was](run.runId.slice(0, 8), run.connector));
  });
}

const sentences = {
  queued: (id: string, connector: string) => `run ${id} of ${connector} is cancelled`,
  running: (id: string, connector: string) => `run ${id} of ${connector} will stop; \`moisson runs ${id}\` shows when it has stopped`,
  applying: (id: string, connector: string) =>
    `run ${id} of ${connector} is already writing its plan and will finish; \`moisson undo ${id}\` reverts it`,
} as const;

/** Removes the job, or leaves it if the queue does not answer: workers drop jobs whose run has ended. */
async function removeFromQueue(context: CommandContext, runId: string): Promise<void> {
  await withQueue(context, (queue) => queue.remove(runId)).catch((error: unknown) => {
    if (!(error instanceof QueueRefused)) throw error;
  });
}
