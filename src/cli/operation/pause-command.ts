import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { everything } from "../../catalogue/runs/schedule-repository.ts";
import { pauseRuns } from "../../jobs/queue/pause-runs.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { type CuratorFlags, curatorOf } from "../options.ts";
import { pausedWords } from "../render/paused.ts";

/** Options of `moisson pause` and `moisson resume`. */
export interface PauseFlags extends Pick<CuratorFlags, "by"> {
  all?: true;
  reason?: string;
}

/** Pauses a connector's schedule, or all runs. */
export async function pause(context: CommandContext, connector: string | undefined, flags: PauseFlags): Promise<void> {
  await context.withConnectors(async () => pauseNamed(context, await named(context, connector, flags), flags));
}

/** Ends a pause. */
export async function resume(context: CommandContext, connector: string | undefined, flags: PauseFlags): Promise<void> {
  await context.withConnectors(async () => resumeNamed(context, await named(context, connector, flags)));
}

/** Returns the id of the connector, or the key for everything. Throws `WrongUse`. */
async function named(context: CommandContext, connector: string | undefined, { all }: PauseFlags): Promise<string> {
  if ((connector === undefined) === (all === undefined)) throw new WrongUse("name a connector, or give --all");
  return connector === undefined ? everything : (await context.connector(connector)).definition.id;
}

async function pauseNamed({ terminal, environment, withCatalogue }: CommandContext, connector: string, flags: PauseFlags): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const { by } = curatorOf(flags, environment, now);
    const { isNew, dropped } = await pauseRuns(catalogue, { connector, by, at: now, reason: flags.reason?.trim() || null });
    if (!isNew) throw new NotDone(await alreadySaid(catalogue, connector));
    terminal.out(connector === everything ? "everything is paused: no run starts until `moisson resume --all`" : `${connector} is paused`);
    if (dropped > 0) terminal.out(`its queued run is cancelled`);
  });
}

async function alreadySaid(catalogue: Catalogue, connector: string): Promise<string> {
  const found = (await catalogue.schedule.pauses()).find((candidate) => candidate.connector === connector);
  return found === undefined ? "it was resumed just now; try again" : `it is ${pausedWords("paused already,", found)}`;
}

async function resumeNamed({ terminal, withCatalogue }: CommandContext, connector: string): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const was = await catalogue.schedule.resume(connector, clock.now());
    const what = connector === everything ? "everything" : connector;
    if (!was) throw new NotDone(`${what} is not paused`);
    const others = connector === everything ? (await catalogue.schedule.pauses()).length : 0;
    terminal.out(`${what} is resumed${others > 0 ? `; ${others} connector${others === 1 ? " stays" : "s stay"} paused` : ""}`);
  });
}
