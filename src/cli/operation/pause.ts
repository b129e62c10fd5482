import type { Command } from "commander";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { everything } from "../../catalogue/runs/pause-repository.ts";
import { pauseRuns } from "../../jobs/pause-runs.ts";
import type { CommandContext } from "../context.ts";
import { type CuratorFlags, curatorOf } from "../curator-options.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { pausedWords } from "./schedule.ts";

interface PauseFlags extends Pick<CuratorFlags, "by"> {
  all?: true;
  reason?: string;
}

/** `moisson pause` and `moisson resume`: stop the schedule of a connector, or everything, for a while. */
export function addPauseCommands(program: Command, open: () => CommandContext): void {
  program
    .command("pause")
    .description("stop the schedule of a connector, or all runs, until it is resumed; runs in progress go on to their end")
    .argument("[connector]", "the connector; it still runs when a person names it")
    .option("--all", "everything: no run begins, whoever asks for it, as during a release")
    .option("--reason <text>", "why; the schedule and the digest say it")
    .option("--by <name>", "who does it (default: MOISSON_USER, else the name you are logged in under)")
    .addHelpText(
      "after",
      '\nExamples:\n  moisson pause departement-drome --reason "new server on Monday"\n  moisson pause --all --reason "release"',
    )
    .action(async (connector: string | undefined, flags: PauseFlags) => {
      const context = open();
      await context.withConnectors(async () => pause(context, await named(context, connector, flags), flags));
    });
  program
    .command("resume")
    .description(
      "end a pause; what was due during the pause of a connector is not made up for, what waited during a pause of everything is",
    )
    .argument("[connector]", "the connector")
    .option("--all", "the pause of everything; pauses of connectors stay")
    .addHelpText("after", "\nExamples:\n  moisson resume departement-drome\n  moisson resume --all")
    .action(async (connector: string | undefined, flags: PauseFlags) => {
      const context = open();
      await context.withConnectors(async () => resume(context, await named(context, connector, flags)));
    });
}

/** The name that is meant. Throws `WrongUse`. */
async function named(context: CommandContext, connector: string | undefined, { all }: PauseFlags): Promise<string> {
  if ((connector === undefined) === (all === undefined)) throw new WrongUse("name a connector, or give --all");
  return connector === undefined ? everything : (await context.connector(connector)).definition.id;
}

async function pause({ terminal, environment, withCatalogue }: CommandContext, connector: string, flags: PauseFlags): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const now = clock.now();
    const { by } = curatorOf(flags, environment, now);
    const { isNew, dropped } = await pauseRuns(catalogue, { connector, by, at: now, reason: flags.reason?.trim() || null });
    if (!isNew) throw new NotDone(await alreadySaid(catalogue, connector));
    terminal.out(connector === everything ? "everything is paused: no run begins until `moisson resume --all`" : `${connector} is paused`);
    if (dropped > 0) terminal.out(`its run that waited is cancelled`);
  });
}

async function alreadySaid(catalogue: Catalogue, connector: string): Promise<string> {
  const found = (await catalogue.pauses.list()).find((candidate) => candidate.connector === connector);
  return found === undefined ? "it was resumed just now; try again" : `it is ${pausedWords("paused already,", found)}`;
}

async function resume({ terminal, withCatalogue }: CommandContext, connector: string): Promise<void> {
  await withCatalogue(async (catalogue, { clock }) => {
    const was = await catalogue.pauses.remove(connector, clock.now());
    const what = connector === everything ? "everything" : connector;
    if (!was) throw new NotDone(`${what} is not paused`);
    const others = connector === everything ? (await catalogue.pauses.list()).length : 0;
    terminal.out(`${what} is resumed${others > 0 ? `; ${others} connector${others === 1 ? " stays" : "s stay"} paused` : ""}`);
  });
}
