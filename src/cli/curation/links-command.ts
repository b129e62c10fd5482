import { checkDueLinks, type LinkServices } from "../../jobs/links/check-due-links.ts";
import type { AidLink } from "../../model/publisher/link-verdict.ts";
import type { CommandContext, OpenContext } from "../context.ts";
import { linkCountsMessage, linkMessage } from "../english/links.ts";
import { WrongUse } from "../exit.ts";
import { inert } from "../printable.ts";
import type { Terminal } from "../terminal.ts";

/** Options of `moisson links`. */
export interface LinksFlags {
  connector?: string;
  dead?: true;
  check?: true;
  limit?: number;
  json?: true;
}

/** Lists links that are dead or that a person should check. With `--check`, first checks the links that are due. */
export async function showLinks(open: OpenContext, flags: LinksFlags): Promise<void> {
  if (flags.limit !== undefined && !flags.check) throw new WrongUse("--limit requires --check");
  const context = await open();
  await context.withConnectors(async () => {
    if (flags.connector !== undefined) await context.connector(flags.connector);
    await listLinks(context, flags);
  });
}

async function listLinks({ terminal, withCatalogue }: CommandContext, flags: LinksFlags): Promise<void> {
  await withCatalogue(async (catalogue, services) => {
    if (flags.check) await checkNow(services, terminal, flags.limit);
    await catalogue.search.bringIn({ whole: true });
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
    if (links.length === 0) terminal.out(flags.dead ? "no dead link is known" : "no link is dead or for a person to check");
    terminal.err(linkCountsMessage(await catalogue.links.count()));
  });
}

/** Checks links until none is due, or until Ctrl-C. */
async function checkNow(services: LinkServices, terminal: Terminal, limit: number | undefined): Promise<void> {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.once("SIGINT", interrupt);
  try {
    await services.catalogue.links.sync();
    await checkDueLinks(services, interrupted.signal, {
      sliceMs: Number.POSITIVE_INFINITY,
      ...(limit !== undefined && { limit }),
      onChecked: (counts) => {
        const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
        terminal.progress({ title: "checking links", done, total: limit ?? null, unit: "links" });
      },
    });
  } finally {
    process.off("SIGINT", interrupt);
    terminal.progress(null);
  }
}

/** Yields a line for each link, followed by a line for each of its aids. */
function* linesOf(links: readonly AidLink[]): Generator<string> {
  let printedUrl: string | null = null;
  for (const link of links) {
    if (link.url !== printedUrl) yield `${link.url}  ${linkMessage(link)}`;
    printedUrl = link.url;
    yield `  ${link.connector}/${link.externalId}  ${link.field}  ${link.name}`;
  }
}
