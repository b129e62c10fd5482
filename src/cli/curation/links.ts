import { type Command, Option } from "commander";
import { linkCountsMessage, linkMessage } from "../../english/links.ts";
import { checkDueLinks, type LinkServices } from "../../jobs/links/check-due-links.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type { CommandContext } from "../context.ts";
import { WrongUse } from "../exit.ts";
import { positiveNumber } from "../options.ts";
import { inert } from "../render/inert.ts";
import type { Terminal } from "../terminal.ts";

interface LinksFlags {
  connector?: string;
  dead?: true;
  check?: true;
  limit?: number;
  json?: true;
}

/** `moisson links`: links of live aids that are dead or for a person to check; looks at those that are due. */
export function addLinksCommand(program: Command, open: () => CommandContext): void {
  program
    .command("links")
    .description("links of live aids that are dead, or that a person should check")
    .option("--connector <id>", "aids of one connector")
    .option("--dead", "dead links only: they failed twice in a row, a week apart")
    .addOption(new Option("--check", "first look at the links that are due: never seen, or last seen a week ago").conflicts("connector"))
    .option("--limit <count>", "with --check: how many at most", positiveNumber)
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
A site that forbids us, asks for a person, is slow or down is never dead. A host is asked at most once in two seconds.

Examples:
  moisson links
  moisson links --dead --connector departement-drome
  moisson links --dead --json
  moisson links --check --limit 200`,
    )
    .action(async (flags: LinksFlags) => {
      if (flags.limit !== undefined && !flags.check) throw new WrongUse("--limit goes with --check");
      const context = open();
      await context.withConnectors(async () => {
        if (flags.connector !== undefined) await context.connector(flags.connector);
        await showLinks(context, flags);
      });
    });
}

async function showLinks({ terminal, withCatalogue }: CommandContext, flags: LinksFlags): Promise<void> {
  await withCatalogue(async (catalogue, services) => {
    if (flags.check) await checkNow(services, terminal, flags.limit);
    const links = await catalogue.links.list({ states: flags.dead ? ["dead"] : ["dead", "to-check"], connector: flags.connector });
    if (flags.json)
      return terminal.out(
        JSON.stringify(
          links.map((link) => ({ ...link, message: linkMessage(link) })),
          null,
          2,
        ),
      );
    for (const line of linesOf(links)) terminal.out(inert(line));
    if (links.length === 0) terminal.out(flags.dead ? "no dead link is known" : "no link is known to be dead or for a person to check");
    terminal.err(linkCountsMessage(await catalogue.links.count()));
  });
}

/** Until nothing can be asked for a while, or the command is interrupted. */
async function checkNow(services: LinkServices, terminal: Terminal, limit: number | undefined): Promise<void> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once("SIGINT", interrupt);
  try {
    await services.catalogue.links.sync();
    await checkDueLinks(services, interrupted.signal, {
      sliceMs: Number.POSITIVE_INFINITY,
      ...(limit !== undefined && { limit }),
      onChecked: (counts) => terminal.progress(`looking at links… ${linkCountsMessage(counts)}`),
    });
  } finally {
    process.off("SIGINT", interrupt);
    terminal.progress(null);
  }
}

/** Each link once, its aids below. */
function* linesOf(links: readonly AidLink[]): Generator<string> {
  let told: string | null = null;
  for (const link of links) {
    if (link.url !== told) yield `${link.url}  ${linkMessage(link)}`;
    told = link.url;
    yield `  ${link.connector}/${link.externalId}  ${link.field}  ${link.name}`;
  }
}
