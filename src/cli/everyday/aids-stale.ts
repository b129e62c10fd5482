import { staleMessage } from "../../english/watch.ts";
import type { StaleAid } from "../../model/aid/stale-aid.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext } from "../context.ts";
import { inert } from "../render/inert.ts";
import { writeJsonArray } from "./write-json-array.ts";

/** Prints aids that may no longer be valid, and suspended aids whose review day has come. */
export async function showStale(context: CommandContext, flags: { readonly connector?: string; readonly json?: true }): Promise<void> {
  const { terminal, withCatalogue } = context;
  await withCatalogue(async (catalogue, { clock }) => {
    const today = parisDay(clock.now());
    const aYearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
    const pages = catalogue.aids.stale({ today, aYearAgo, ...(flags.connector !== undefined && { connector: flags.connector }) });
    if (flags.json) return writeJsonArray(inJson(pages), terminal);
    let count = 0;
    for await (const page of pages) {
      for (const aid of page) terminal.out(inert(`${aid.connector}/${aid.externalId}  ${aid.name}  (${aid.status}): ${staleMessage(aid)}`));
      count += page.length;
    }
    if (count === 0) terminal.out("no stale aid: each has dates to come, or has changed, or was confirmed");
    else terminal.err(`${count === 1 ? "1 aid" : `${count} aids`}; \`moisson aid confirm | suspend | withdraw <aid>\` decides about one`);
  });
}

async function* inJson(pages: AsyncIterable<readonly StaleAid[]>): AsyncGenerator<unknown[]> {
  for await (const page of pages) yield page.map((aid) => ({ ...aid, message: staleMessage(aid) }));
}
