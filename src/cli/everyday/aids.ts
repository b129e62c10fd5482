import { type Command, Option } from "commander";
import type { Aid } from "../../model/aid/aid.ts";
import { canonicalAid } from "../../model/aid/canonical-aid.ts";
import type { CommandContext } from "../context.ts";
import { type AidFilterFlags, addAidFilterFlags, filterOf } from "../curation/aid-filter.ts";
import { NotDone, WrongUse } from "../exit.ts";
import { positiveNumber } from "../options.ts";
import { type ChangedSinceFlags, showChangedSince } from "./aids-changed-since.ts";
import { showDuplicates } from "./aids-duplicates.ts";
import { showAidsInText } from "./aids-in-text.ts";
import { showStale } from "./aids-stale.ts";
import { type ExportFlags, writeExport } from "./write-export.ts";
import { writeJsonArray } from "./write-json-array.ts";

interface AidsFlags extends AidFilterFlags, Partial<ExportFlags>, Partial<ChangedSinceFlags> {
  connector?: string;
  json?: true;
  duplicates?: true;
  stale?: true;
  limit?: number;
}

const otherFilters = ["id", "status", "search", "where", "lacks"];

/** `moisson aids`: what the catalogue holds, for people, as canonical JSON, or in a format of others; what changed in it; what is in it twice. */
export function addAidsCommand(program: Command, open: () => CommandContext): void {
  addAidFilterFlags(program.command("aids").description("show the aids of the catalogue, or write them in a format"))
    .option("--json", "all fields of all aids, canonical JSON")
    .addOption(new Option("--format <format>", "write another format").choices(["dispositif-aide", "aides-territoires"]).conflicts("json"))
    .option("--published", "with --format: published aids only")
    .option("--any-licence", "with --format dispositif-aide: also aids without an open licence, for inspection")
    .addOption(
      new Option("--changed-since <run|date>", "what a site that follows the catalogue has to do since: aids, and tombstones").conflicts([
        "duplicates",
        ...otherFilters,
      ]),
    )
    .addOption(
      new Option("--duplicates", "pairs that two publishers likely both bring, with the reasons").conflicts(["format", ...otherFilters]),
    )
    .addOption(
      new Option(
        "--stale",
        "unchanged for a year without a deadline, recurring with past dates, or suspended until a day that has come",
      ).conflicts(["format", "duplicates", "changedSince", ...otherFilters]),
    )
    .option("--limit <count>", "with --duplicates: how many pairs", positiveNumber)
    .addHelpText(
      "after",
      `
Examples:
  moisson aids --connector departement-drome --status reviewable --lacks perimeters
  moisson aids --id departement-drome/162 --json
  moisson aids --format dispositif-aide > aides.csv
  moisson aids --changed-since 2026-11-24 --json
  moisson aids --duplicates --connector region-ile-de-france
  moisson aids --stale`,
    )
    .action(async (flags: AidsFlags) => {
      refuseStrays(flags);
      const { changedSince } = flags;
      if (changedSince !== undefined) return showChangedSince(open(), { ...flags, changedSince });
      if (flags.stale) return showStale(open(), flags);
      if (flags.duplicates) return showDuplicates(open(), flags);
      return showAids(open(), flags);
    });
}

/** Options that mean nothing without another one. */
function refuseStrays(flags: AidsFlags): void {
  if ((flags.published || flags.anyLicence) && flags.format === undefined)
    throw new WrongUse("--published and --any-licence go with --format");
  if (flags.limit !== undefined && !flags.duplicates) throw new WrongUse("--limit goes with --duplicates");
  if (flags.changedSince !== undefined && flags.format === "dispositif-aide")
    throw new WrongUse("--changed-since goes with --json or --format aides-territoires: open data is published whole");
}

async function showAids(context: CommandContext, flags: AidsFlags): Promise<void> {
  const filter = filterOf(flags);
  const { terminal } = context;
  const { id, format, json } = flags;
  await context.withCatalogue(async (catalogue) => {
    if (id !== undefined && !(await catalogue.aids.list(filter).next()).value) throw new NotDone(`there is no aid ${id}`);
    const aids = catalogue.aids.list(filter);
    if (format !== undefined) return writeExport(aids, context, { ...flags, format });
    if (json) return writeJsonArray(inCanonicalJson(aids), terminal);
    const isFiltered = Object.keys(filter).length > 0;
    const whyNone = isFiltered ? "no such aids" : "no aids yet; `moisson run <connector>` brings some";
    return showAidsInText(aids, terminal, { isInFull: id !== undefined, whyNone });
  });
}

async function* inCanonicalJson(pages: AsyncIterable<readonly Aid[]>): AsyncGenerator<unknown[]> {
  for await (const page of pages) yield page.map(canonicalAid);
}
