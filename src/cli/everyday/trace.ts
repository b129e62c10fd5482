import type { Command } from "commander";
import { mostHits } from "../../catalogue/aids/find-traces.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { FoundRecord } from "../../ingest/find-records.ts";
import { recordsOfAid, recordsWithWords } from "../../jobs/records-of-aid.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { TraceFacts, TraceHit } from "../../model/trace/trace.ts";
import type { CommandContext } from "../context.ts";
import { exitCodes, NotDone, WrongUse } from "../exit.ts";
import { hitLine, renderRecord, renderTrace } from "../render/trace.ts";
import { traceJson } from "../render/trace-json.ts";

interface TraceFlags {
  connector?: string;
  record?: true;
  json?: true;
}

/** Records of a feed that are shown. */
const mostRecords = 10;

/** `moisson trace`: the life of an aid over all runs, and why it is or is not online. */
export function addTraceCommand(program: Command, open: () => CommandContext): void {
  program
    .command("trace")
    .description("the life of an aid over all runs, and why it is or is not online")
    .argument("<asked...>", "its title, its publisher's identifier, a link, its aidId, or connector/externalId")
    .option("--connector <connector>", "look among this connector's only")
    .option("--record", "read the stored feed of its last run again, and show the record as it was received, also one that is left out")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  moisson trace "rénovation des écoles"
  moisson trace departement-drome/162 --record
  moisson trace https://www.ladrome.fr/aides/162
  moisson trace rénovation --connector departement-drome --record    also what the connector leaves out

Exit codes: 0 one aid or record was found, 1 none or several, 2 wrong use.`,
    )
    .action(async (words: string[], flags: TraceFlags) => {
      const asked = words.join(" ").trim();
      if (asked === "") throw new WrongUse("say what to look for: a title, an identifier or a link");
      const context = open();
      process.exitCode = await context.withConnectors(() => trace(context, asked, flags));
    });
}

async function trace(context: CommandContext, asked: string, { connector, record, json }: TraceFlags): Promise<number> {
  const { terminal, withCatalogue } = context;
  if (connector !== undefined) await context.connector(connector);
  return withCatalogue(async (catalogue, { clock }) => {
    const hits = await catalogue.trace.find(asked, connector);
    const [hit] = hits;
    if (hit === undefined) return showLeftOut(context, catalogue, asked, { connector, record, json });
    if (hits.length > 1) return showHits(hits, context, json === true);
    const facts = await catalogue.trace.facts(hit);
    const today = parisDay(clock.now());
    const records = record ? await recordsOf(context, catalogue, facts) : [];
    if (json) terminal.out(JSON.stringify({ hits, trace: traceJson(facts, today), ...(record && { records }) }, null, 2));
    else
      terminal.out(
        [renderTrace(facts, today, terminal.colors), ...records.map((found) => renderRecord(found, terminal.colors))].join("\n\n"),
      );
    return exitCodes.fine;
  });
}

/** Several answer: who asks chooses. */
function showHits(hits: readonly TraceHit[], { terminal }: CommandContext, json: boolean): number {
  if (json) terminal.out(JSON.stringify({ hits, trace: null }, null, 2));
  else for (const hit of hits) terminal.out(hitLine(hit));
  const count = hits.length < mostHits ? hits.length : `at least ${hits.length}`;
  terminal.err(`${count} answer to that: \`moisson trace <connector/externalId>\` tells the life of one`);
  return exitCodes.notWell;
}

/** Neither an aid nor a rejected record: what a connector leaves out is in its stored feeds only. */
async function showLeftOut(
  context: CommandContext,
  catalogue: Catalogue,
  asked: string,
  { connector, record, json }: { connector: string | undefined; record: true | undefined; json: true | undefined },
): Promise<number> {
  const nowhere = `no aid, no open plan and no rejected record answers to "${asked}"`;
  if (connector === undefined) {
    throw new NotDone(`${nowhere}; --connector <connector> --record looks among what a connector leaves out, in its last feed`);
  }
  if (!record) throw new NotDone(`${nowhere} in ${connector}; --record looks among what it leaves out, in its last feed`);
  const found = await recordsWithWords(catalogue, await context.connector(connector), asked, { limit: mostRecords });
  const records = found?.records ?? [];
  if (records.length === 0) throw new NotDone(`${nowhere} in ${connector}, nor does a record of its last feed`);
  const { terminal } = context;
  if (json) terminal.out(JSON.stringify({ hits: [], trace: null, records }, null, 2));
  else terminal.out(records.map((found) => renderRecord(found, terminal.colors)).join("\n\n"));
  return exitCodes.fine;
}

/** The record of an aid in the feed of the last run that brought it. */
async function recordsOf(context: CommandContext, catalogue: Catalogue, facts: TraceFacts): Promise<readonly FoundRecord[]> {
  const { connector, externalId, seen } = facts.hit;
  const found = await recordsOfAid(catalogue, await context.connector(connector), facts, { limit: mostRecords });
  if (found === null) throw new NotDone(`no stored feed is known to hold ${facts.aid?.externalId ?? externalId ?? seen?.locator}`);
  return found.records;
}
