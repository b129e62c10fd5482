import { resolve } from "node:path";
import { Readable } from "node:stream";
import type { Command } from "commander";
import { openDataMessage, openDataProgress } from "../../english/open-data.ts";
import type { OpenDataFile } from "../../model/aid/open-data.ts";
import { dcatCatalogue } from "../../publish/exports/dcat-catalogue.ts";
import { descriptionFile } from "../../publish/open-data/file-types.ts";
import { type MadeOpenData, makeOpenData, writeOpenData } from "../../publish/open-data/make-open-data.ts";
import { readOpenDataPublisher } from "../../publish/open-data/settings.ts";
import { inFolder } from "../../publish/open-data/shelf.ts";
import type { CommandContext } from "../context.ts";

interface OpenDataFlags {
  out?: string;
  json?: true;
}

/** `moisson open-data`: makes the dump of open data now. */
export function addOpenDataCommand(program: Command, open: () => CommandContext): void {
  program
    .command("open-data")
    .description(
      "make the dump of open data now: what may be passed on, without people, as CSV of the national schema, JSON lines and Excel",
    )
    .option("--out <folder>", "write the files there; what is served stays as it is")
    .option("--json", "print JSON: files with their SHA-256, numbers, what was left out and why")
    .addHelpText(
      "after",
      `
Workers make one every night at five, Paris time; the API serves the last one under /open-data/. docs/open-data.md says what is in it.

  MOISSON_API_URL               address of the API, for the description that data.gouv.fr harvests
  MOISSON_OPEN_DATA_PUBLISHER   who gives the data out (default: Moisson)
  MOISSON_OPEN_DATA_EMAIL       mailbox for questions

Examples:
  moisson open-data
  moisson open-data --out /srv/open-data
  moisson open-data --json | jq .leftOut`,
    )
    .action(async (flags: OpenDataFlags) => {
      const context = open();
      readOpenDataPublisher(context.environment);
      const made = await context.withConnectors(() => make(context, flags.out));
      if (flags.json) context.terminal.out(JSON.stringify({ ...made.facts, files: made.files }, null, 2));
      else for (const line of openDataMessage(made, flags.out ?? null)) context.terminal.out(line);
    });
}

async function make(context: CommandContext, out: string | undefined): Promise<MadeOpenData> {
  const { connectors } = await context.connectors();
  const { terminal } = context;
  return context.withCatalogue(async (catalogue, { clock }) => {
    const making = { catalogue, connectors, onProgress: (seen: number) => terminal.progress(openDataProgress(seen)) };
    if (out === undefined) return makeOpenData(making, () => clock.now());
    const made = await writeOpenData(making, inFolder(resolve(out)));
    return { ...made, files: [...made.files, await describe(context, out, made, clock.now())] };
  });
}

/** The description of what lies in a folder: by the address of the API, or by that of the folder where there is none. */
async function describe({ environment }: CommandContext, out: string, { files, facts }: MadeOpenData, now: Date): Promise<OpenDataFile> {
  const url = environment.MOISSON_API_URL?.replace(/\/+$/, "");
  const address = url === undefined ? "../" : `${url}/open-data/`;
  const described = dcatCatalogue({ address, files, facts, finishedAt: now.toISOString(), publisher: readOpenDataPublisher(environment) });
  const text = `${JSON.stringify(described, null, 2)}\n`;
  return inFolder(resolve(out))(descriptionFile.name, descriptionFile.type, Readable.from([Buffer.from(text)]));
}
