import type { Command } from "commander";
import { QueueRefused } from "../../jobs/queue/queue-refused.ts";
import type { CommandContext } from "../context.ts";
import { type CuratorFlags, curatorOf } from "../curator-options.ts";
import { runNamed } from "../everyday/run-named.ts";
import { NotDone } from "../exit.ts";
import { withQueue } from "../queue.ts";

/** `moisson cancel`: stops a run that waits or goes on. */
export function addCancelCommand(program: Command, open: () => CommandContext): void {
  program
    .command("cancel")
    .description("stop a run: one that waits at once, one that goes on at the next point where nothing is left half-done")
    .argument("<run>", "id of the run, or the beginning of it")
    .option("--by <name>", "who does it (default: MOISSON_USER, else the name you are logged in under)")
    .addHelpText(
      "after",
      "\nA run that has begun to write its plan ends it: `moisson undo` takes it back.\n\nExample:\n  moisson cancel 3f2a91c0",
    )
    .action(async (asked: string, flags: Pick<CuratorFlags, "by">) => {
      const context = open();
      const { terminal, environment, withCatalogue } = context;
      await withCatalogue(async (catalogue, { clock }) => {
        const run = await runNamed(catalogue, asked);
        const { by } = curatorOf(flags, environment, clock.now());
        const was = await catalogue.runQueue.cancel(run.runId, by, clock.now());
        if (was === null) throw new NotDone(`run ${run.runId.slice(0, 8)} of ${run.connector} has ended: ${run.outcome ?? "just now"}`);
        if (was === "queued") await takeOut(context, run.runId);
        terminal.out(sentences[was](run.runId.slice(0, 8), run.connector));
      });
    });
}

const sentences = {
  queued: (id: string, connector: string) => `run ${id} of ${connector} is cancelled`,
  running: (id: string, connector: string) => `run ${id} of ${connector} will stop; \`moisson runs ${id}\` says when it has`,
  applying: (id: string, connector: string) =>
    `run ${id} of ${connector} is writing its plan and will end it: it is too late to stop it; \`moisson undo ${id}\` takes it back`,
} as const;

/** A job whose run has ended is dropped when its turn comes: where the queue does not answer, nothing is lost by leaving it in. */
async function takeOut(context: CommandContext, runId: string): Promise<void> {
  await withQueue(context, (queue) => queue.remove(runId)).catch((error: unknown) => {
    if (!(error instanceof QueueRefused)) throw error;
  });
}
