import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { everything } from "../../catalogue/runs/schedule-repository.ts";
import type { RunOptions } from "../../ingest/run-inputs.ts";
import { type QueuedRequest, requestRun } from "../../jobs/queue/request-run.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import { shownAddress } from "../../platform/shown-address.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";
import { curatorOf } from "../options.ts";
import { withQueue } from "../queue.ts";
import { pausedWords } from "../render/paused.ts";

/** Queues runs for the workers instead of doing them here. */
export async function queueRuns(
  context: CommandContext,
  chosen: readonly LoadedConnector[],
  options: RunOptions,
  flags: { readonly by?: string; readonly json?: true; readonly several: boolean },
): Promise<void> {
  const { terminal, environment, withCatalogue } = context;
  if (options.url !== undefined) refuseSecret(options.url);
  await withQueue(context, (queue) =>
    withCatalogue(async (catalogue, { clock }) => {
      const { by } = curatorOf(flags, environment, clock.now());
      const requests: unknown[] = [];
      for (const { definition } of chosen) {
        const ask = { connector: definition.id, options: { ...options }, by, now: clock.now() };
        const asked = await requestRun(catalogue, queue, ask);
        requests.push({ connector: definition.id, ...asked });
        if (!flags.json) terminal.out(sentence(definition.id, asked));
      }
      if (flags.json) terminal.out(JSON.stringify(flags.several ? requests : requests[0], null, 2));
      await warnIfBlocked(context, catalogue, queue.kind === "in-process");
    }),
  );
}

/** Throws if the address contains a secret, because the catalogue stores the options of a run. */
function refuseSecret(address: string): void {
  if (!URL.canParse(address)) throw new WrongUse("--url takes an address");
  const url = new URL(address);
  url.hash = "";
  if (shownAddress(url) !== url.href)
    throw new WrongUse(
      "--queue refuses a --url with a password or a key, because the catalogue would store it; set MOISSON_URL_<CONNECTOR> for the workers",
    );
}

function sentence(connector: string, { runId, isNew, behind, queued }: QueuedRequest): string {
  const id = runId.slice(0, 8);
  const place = behind === null ? "" : `, behind run ${behind.slice(0, 8)} which is running`;
  const state = isNew
    ? `run ${id} of ${connector} waits in the queue${place}`
    : `a run of ${connector} waits already: ${id}${place}; one run serves both requests`;
  return queued ? state : `${state}; the queue does not answer, workers will find it in the catalogue`;
}

/** Warns at once if the queued runs will not start. */
async function warnIfBlocked({ terminal }: CommandContext, catalogue: Catalogue, isEmbedded: boolean): Promise<void> {
  const pause = (await catalogue.schedule.pauses()).find(({ connector }) => connector === everything);
  if (pause !== undefined) terminal.err(`${pausedWords("everything is paused", pause)}; \`moisson resume --all\` lets it start`);
  if (isEmbedded) terminal.err("it is done by the next `moisson worker`, or `moisson worker --once`");
}
