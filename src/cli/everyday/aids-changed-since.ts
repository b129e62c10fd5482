import type { FeedPosition } from "../../catalogue/aids/change-feed-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Aid } from "../../model/aid/aid.ts";
import { canonicalAid } from "../../model/aid/canonical-aid.ts";
import type { Tombstone } from "../../model/aid/tombstone.ts";
import { isExported } from "../../publish/exports/is-exported.ts";
import type { CommandContext } from "../context.ts";
import { changedSinceMessage, omittedMessage, tombstoneMessage } from "../english/aids.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { dayOrInstant } from "../read-argument.ts";
import { aidLine } from "./aids-in-text.ts";
import { type ExportFlags, writeExport } from "./write-export.ts";
import { writeJsonArray } from "./write-json-array.ts";

/** Options of `moisson aids --changed-since`. */
export interface ChangedSinceFlags extends Partial<ExportFlags> {
  changedSince: string;
  connector?: string;
  json?: true;
}

/**
 * Prints the aids created or changed since a run or a date, and tombstones of aids that left, for sites that follow the catalogue.
 * Throws `WrongUse` if the text is neither a run nor a date, `NotDone` if the run is unknown.
 */
export async function showChangedSince(
  context: CommandContext,
  { changedSince, connector, json, format, ...flags }: ChangedSinceFlags,
): Promise<void> {
  const since = readSince(changedSince);
  await context.withCatalogue(async (catalogue) => {
    const pages = catalogue.changeFeed.since(await feedPosition(catalogue, since), connector);
    if (json) return writeJsonArray(inJson(pages), context.terminal);
    if (format === undefined) return showInText(pages, context.terminal);
    const omitted = { count: 0 };
    await writeExport(
      shownOnly(pages, flags.published === true, omitted),
      context,
      { format, ...flags },
      { services: await catalogue.personAnswers.services() },
    );
    if (omitted.count > 0) context.terminal.err(omittedMessage(omitted.count));
  });
}

type ChangePages = AsyncIterable<readonly (Aid | Tombstone)[]>;

async function* inJson(pages: ChangePages): AsyncGenerator<unknown[]> {
  for await (const page of pages) yield page.map((change) => ("deleted" in change ? change : canonicalAid(change)));
}

async function* shownOnly(pages: ChangePages, publishedOnly: boolean, omitted: { count: number }): AsyncGenerator<Aid[]> {
  for await (const page of pages) {
    const shown = page.filter((change): change is Aid => !("deleted" in change) && isExported(change, publishedOnly));
    omitted.count += page.length - shown.length;
    yield shown;
  }
}

async function showInText(pages: ChangePages, terminal: CommandContext["terminal"]): Promise<void> {
  const counts = { shown: 0, gone: 0 };
  for await (const page of pages) {
    for (const change of page) {
      const isGone = "deleted" in change;
      counts[isGone ? "gone" : "shown"]++;
      terminal.out(isGone ? tombstoneMessage(change) : aidLine(change));
    }
  }
  if (counts.shown + counts.gone === 0) terminal.out("nothing has changed since");
  else terminal.err(changedSinceMessage(counts.shown, counts.gone));
}

const runIdPattern = "00000000-0000-0000-0000-000000000000";

/** Parses a date (midnight in Paris), an instant, or a run id or its prefix. Throws `WrongUse` otherwise. */
export function readSince(text: string): { readonly from: Date } | { readonly run: string } {
  const from = dayOrInstant(text);
  if (from !== null) return { from };
  if (text !== "" && runIdPattern.startsWith(text.replace(/[0-9a-f]/gi, "0"))) return { run: text };
  throw new WrongUse(
    `--changed-since ${text}: expected a run (its id, or the first characters), a day (2026-11-25) or an instant (2026-11-25T03:00:00Z)`,
  );
}

/** Returns the position in the change feed. Throws `NotDone` if the run is unknown or ambiguous. */
async function feedPosition(catalogue: Catalogue, since: ReturnType<typeof readSince>): Promise<FeedPosition> {
  if ("from" in since) return since;
  const [run, another] = await catalogue.changeFeed.runsBeginning(since.run);
  if (run === undefined) throw new NotDone(`unknown run ${since.run}; \`moisson runs\` lists them`);
  if (another !== undefined) throw new NotDone(`several runs begin with ${since.run}; give more characters of the id`);
  return run;
}
