import { maxHits } from "../../catalogue/aids/find-trace-hits.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { FoundRecord } from "../../ingest/find-records.ts";
import { recordsOfAid, recordsWithWords } from "../../jobs/stored-feeds/records-of-aid.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { TraceFacts, TraceHit } from "../../model/trace/trace.ts";
import type { CommandContext, OpenContext } from "../context.ts";
import { exitCodes, NotDone, WrongUse } from "../exit.ts";
import { hitLine, renderRecord, renderTrace, traceJson } from "../render/render-trace.ts";

/** Options of `moisson trace`. */
export interface TraceFlags {
  connector?: string;
  record?: true;
  json?: true;
}

/** Maximum number of records shown. */
const maxRecords = 10;

/** Prints the history of the aid that the words name. */
export async function traceAid(open: OpenContext, words: readonly string[], flags: TraceFlags): Promise<void> {
  const wanted = words.join(" ").trim();
  if (wanted === "") throw new WrongUse("give a title, an identifier or a link");
  const context = await open();
  process.exitCode = await context.withConnectors(() => trace(context, wanted, flags));
}

async function trace(context: CommandContext, wanted: string, { connector, record, json }: TraceFlags): Promise<number> {
  const { terminal, withCatalogue } = context;
  if (connector !== undefined) await context.connector(connector);
  return withCatalogue(async (catalogue, { clock }) => {
    const hits = await catalogue.aidTraces.find(wanted, connector);
    const [hit] = hits;
    if (hit === undefined) return showLeftOut(context, catalogue, wanted, { connector, record, json });
    if (hits.length > 1) return showHits(hits, context, json === true);
    const facts = await catalogue.aidTraces.facts(hit);
    const today = parisDay(clock.now());
    const records = record ? await recordsOf(context, catalogue, facts) : [];
    if (json) terminal.out(JSON.stringify({ hits, trace: traceJson(facts, today), ...(record && { records }) }, null, 2));
    else
      terminal.out(
        [renderTrace(facts, today, terminal.colors), ...records.map((found) => renderRecord(found, terminal.colors))].join("\n\n"),
      );
    return exitCodes.success;
  });
}

/** Prints all matches, so that the user can choose one. */
function showHits(hits: readonly TraceHit[], { terminal }: CommandContext, json: boolean): number {
  if (json) terminal.out(JSON.stringify({ hits, trace: null }, null, 2));
  else for (const hit of hits) terminal.out(hitLine(hit));
  const count = hits.length < maxHits ? hits.length : `at least ${hits.length}`;
  terminal.err(`${count} match: \`moisson trace <connector/externalId>\` shows the history of one`);
  return exitCodes.failure;
}

/**
 * Searches the records that a connector skips, which are in its stored feeds only. Throws `NotDone` without a match, or if an option is
 * missing.
 */
async function showLeftOut(
  context: CommandContext,
  catalogue: Catalogue,
  wanted: string,
  { connector, record, json }: { connector: string | undefined; record: true | undefined; json: true | undefined },
): Promise<number> {
  const nowhere = `no aid, no open plan and no rejected record matches "${wanted}"`;
  if (connector === undefined) {
    throw new NotDone(`${nowhere}; --connector <connector> --record also searches the records that a connector skips, in its last feed`);
  }
  if (!record) throw new NotDone(`${nowhere} in ${connector}; --record also searches the records that it skips, in its last feed`);
  const found = await recordsWithWords(catalogue, await context.connector(connector), wanted, { limit: maxRecords });
  const records = found?.records ?? [];
  if (records.length === 0) throw new NotDone(`${nowhere} in ${connector}, nor does a record of its last feed`);
  const { terminal } = context;
  if (json) terminal.out(JSON.stringify({ hits: [], trace: null, records }, null, 2));
  else terminal.out(records.map((found) => renderRecord(found, terminal.colors)).join("\n\n"));
  return exitCodes.success;
}

/** Returns an aid's records in the feed of the last run that received it. */
async function recordsOf(context: CommandContext, catalogue: Catalogue, facts: TraceFacts): Promise<readonly FoundRecord[]> {
  const { connector, externalId, seen } = facts.hit;
  const found = await recordsOfAid(catalogue, await context.connector(connector), facts, { limit: maxRecords });
  if (found === null) throw new NotDone(`no stored feed contains ${facts.aid?.externalId ?? externalId ?? seen?.locator}`);
  return found.records;
}
