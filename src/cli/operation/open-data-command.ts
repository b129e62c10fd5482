import { resolve } from "node:path";
import { Readable } from "node:stream";
import type { LeftOutReason } from "../../model/aid/left-out-reason.ts";
import type { OpenDataFacts, OpenDataFile } from "../../model/aid/open-data.ts";
import { dcatCatalogue } from "../../publish/exports/dcat-catalogue.ts";
import { descriptionFile, inFolder } from "../../publish/open-data/keep-file.ts";
import { type MadeOpenData, makeOpenData, writeOpenData } from "../../publish/open-data/make-open-data.ts";
import { readOpenDataPublisher } from "../../publish/open-data/read-publisher.ts";
import type { CommandContext } from "../context.ts";
import { openDataSourceMessage } from "../english/aids.ts";
import { leftOutMessages } from "../english/publication.ts";

/** Makes the open data now, and prints a summary. */
export async function makeOpenDataNow(context: CommandContext, flags: { out?: string; json?: true }): Promise<void> {
  readOpenDataPublisher(context.environment);
  const made = await context.withConnectors(() => make(context, flags.out));
  if (flags.json) context.terminal.out(JSON.stringify({ ...made.facts, files: made.files }, null, 2));
  else for (const line of openDataMessage(made, flags.out ?? null)) context.terminal.out(line);
}

async function make(context: CommandContext, out: string | undefined): Promise<MadeOpenData> {
  const { connectors } = await context.connectors();
  const { terminal } = context;
  return context.withCatalogue(async (catalogue, { clock }) => {
    const total = await catalogue.aids.count();
    const onProgress = (done: number) => terminal.progress({ title: "open data", step: "writing", done, total, unit: "aids" });
    const making = { catalogue, connectors, onProgress };
    if (out === undefined) return makeOpenData(making, () => clock.now());
    const made = await writeOpenData(making, inFolder(resolve(out)));
    return { ...made, files: [...made.files, await describe(context, out, made, clock.now())] };
  });
}

/** Writes the DCAT description of the files in a folder, with addresses of the API if it has one, else relative ones. */
async function describe({ environment }: CommandContext, out: string, { files, facts }: MadeOpenData, now: Date): Promise<OpenDataFile> {
  const url = environment.MOISSON_API_URL?.replace(/\/+$/, "");
  const address = url === undefined ? ".//" : `${url}/open-data/`;
  const described = dcatCatalogue({ address, files, facts, finishedAt: now.toISOString(), publisher: readOpenDataPublisher(environment) });
  const text = `${JSON.stringify(described, null, 2)}\n`;
  return inFolder(resolve(out))(descriptionFile.name, descriptionFile.type, Readable.from([Buffer.from(text)]));
}

const number = new Intl.NumberFormat("en");

/** Returns one line for each file, source and reason for leaving aids out. `folder`: where the files are; null for the catalogue. */
function openDataMessage(
  { files, facts }: { readonly files: readonly OpenDataFile[]; readonly facts: OpenDataFacts },
  folder: string | null,
): string[] {
  const where = folder === null ? "served under /open-data/ from now on" : `written to ${folder}`;
  const onBasis = facts.onBasis?.aids ?? 0;
  return [
    `open data: ${number.format(facts.aids)} aids, ${number.format(facts.inNationalSchema)} of them in the national schema${onBasis === 0 ? "" : `; ${number.format(onBasis)} more on a legal basis`}; ${where}`,
    ...files.map(({ name, bytes, sha256 }) => `  ${name}, ${number.format(bytes)} bytes, SHA-256 ${sha256.slice(0, 12)}…`),
    ...facts.sources.map(({ publisher, ...source }) => openDataSourceMessage({ connector: publisher, ...source }, publisher)),
    ...Object.entries(facts.leftOut).map(
      ([reason, count]) =>
        `left out${reason === "licence" ? "" : " of aides.csv"}: ${number.format(count)} for ${leftOutMessages[reason as LeftOutReason]}`,
    ),
  ];
}
