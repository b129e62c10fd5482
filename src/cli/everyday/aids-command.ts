import type { Aid } from "../../model/aid/aid.ts";
import { canonicalAid } from "../../model/aid/canonical-aid.ts";
import type { StaleAid } from "../../model/aid/stale-aid.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import type { CommandContext, OpenContext } from "../context.ts";
import { filterOf } from "../curation/aid-filter.ts";
import type { AidFilterFlags } from "../curation/aid-options.ts";
import { staleMessage } from "../english/watch.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { inert } from "../printable.ts";
import { type ChangedSinceFlags, showChangedSince } from "./aids-changed-since.ts";
import { showDuplicates } from "./aids-duplicates.ts";
import { showAidsInText } from "./aids-in-text.ts";
import { type ExportFlags, writeExport } from "./write-export.ts";
import { writeJsonArray } from "./write-json-array.ts";

/** Options of `moisson aids`. */
export interface AidsFlags extends AidFilterFlags, Partial<ExportFlags>, Partial<ChangedSinceFlags> {
  connector?: string;
  json?: true;
  duplicates?: true;
  stale?: true;
  limit?: number;
}

/** Prints or exports the aids of the catalogue, its changes, likely duplicates or stale aids. */
export async function showAids(open: OpenContext, flags: AidsFlags): Promise<void> {
  refuseLoneOptions(flags);
  const context = await open();
  const { changedSince } = flags;
  if (changedSince !== undefined) return showChangedSince(context, { ...flags, changedSince });
  if (flags.stale) return showStale(context, flags);
  if (flags.duplicates) return showDuplicates(context, flags);
  return listAids(context, flags);
}

/** Throws `WrongUse` for an option that needs another option. */
function refuseLoneOptions(flags: AidsFlags): void {
  if ((flags.published || flags.anyLicence) && flags.format === undefined)
    throw new WrongUse("--published and --any-licence require --format");
  if (flags.limit !== undefined && !flags.duplicates) throw new WrongUse("--limit requires --duplicates");
  if (flags.changedSince !== undefined && flags.format === "dispositif-aide")
    throw new WrongUse("--changed-since requires --json or --format aides-territoires: the national schema has no partial export");
}

async function listAids(context: CommandContext, flags: AidsFlags): Promise<void> {
  const filter = filterOf(flags);
  const { terminal } = context;
  const { id, format, json } = flags;
  await context.withCatalogue(async (catalogue) => {
    if (id !== undefined && !(await catalogue.aids.list(filter).next()).value) throw new NotDone(`unknown aid ${id}`);
    const aids = format === "dispositif-aide" ? catalogue.aids.inSchemaOrder(filter) : catalogue.aids.list(filter);
    if (format !== undefined) {
      const services = await catalogue.personAnswers.services();
      return writeExport(aids, context, { ...flags, format }, { services, changeDays: await catalogue.openDataOffers.changeDays() });
    }
    if (json) return writeJsonArray(inCanonicalJson(aids), terminal);
    const isFiltered = Object.keys(filter).length > 0;
    const whyNone = isFiltered ? "no aid matches" : "no aids yet; `moisson run <connector>` imports some";
    return showAidsInText(aids, terminal, { isInFull: id !== undefined, whyNone });
  });
}

async function* inCanonicalJson(pages: AsyncIterable<readonly Aid[]>): AsyncGenerator<unknown[]> {
  for await (const page of pages) yield page.map(canonicalAid);
}

/** Prints aids that may no longer be valid, and suspended aids whose review day has come. */
async function showStale(context: CommandContext, flags: { readonly connector?: string; readonly json?: true }): Promise<void> {
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
    if (count === 0) terminal.out("no stale aids");
    else terminal.err(`${count === 1 ? "1 aid" : `${count} aids`}; \`moisson aid confirm | suspend | withdraw <aid>\` decides about one`);
  });
}

async function* inJson(pages: AsyncIterable<readonly StaleAid[]>): AsyncGenerator<unknown[]> {
  for await (const page of pages) yield page.map((aid) => ({ ...aid, message: staleMessage(aid) }));
}
