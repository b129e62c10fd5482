import { type Command, Option } from "commander";
import type { Aid } from "../aid/aid.ts";
import { canonicalAid } from "../aid/canonical-aid.ts";
import type { AidFilter } from "../catalogue/aid-repository.ts";
import { exportAidesTerritoires } from "../export/aides-territoires.ts";
import { exportDispositifAide } from "../export/dispositif-aide.ts";
import { leftOutMessage } from "../texts/en.ts";
import { NotDone, WrongUse } from "./exit.ts";
import type { Workshop } from "./workshop.ts";

interface AidsFlags {
  connector?: string;
  id?: string;
  json?: true;
  format?: "dispositif-aide" | "aides-territoires";
  published?: true;
  anyLicence?: true;
}

/** `moisson aids`: what the catalogue holds, for people, as canonical JSON, or in a format of others. */
export function addAidsCommand(program: Command, workshop: () => Workshop): void {
  program
    .command("aids")
    .description("show the aids of the catalogue, or write them in a format")
    .option("--connector <connector>", "aids of one connector only")
    .option("--id <aid>", "one aid: its aidId, or connector/externalId")
    .option("--json", "all fields of all aids, canonical JSON")
    .addOption(new Option("--format <format>", "write another format").choices(["dispositif-aide", "aides-territoires"]).conflicts("json"))
    .option("--published", "with --format: published aids only")
    .option("--any-licence", "with --format dispositif-aide: also aids without an open licence, for inspection")
    .addHelpText(
      "after",
      `
Examples:
  moisson aids --connector departement-drome
  moisson aids --id departement-drome/162 --json
  moisson aids --format dispositif-aide > aides.csv`,
    )
    .action(async (flags: AidsFlags) => {
      if ((flags.published || flags.anyLicence) && flags.format === undefined)
        throw new WrongUse("--published and --any-licence go with --format");
      await showAids(workshop(), flags);
    });
}

async function showAids({ terminal, connectors, withCatalogue }: Workshop, flags: AidsFlags): Promise<void> {
  const filter = filterOf(flags);
  const loaded = flags.format === "aides-territoires" ? (await connectors()).connectors : [];
  await withCatalogue(async (catalogue) => {
    if (flags.id !== undefined && !(await catalogue.aids.list(filter).next()).value) throw new NotDone(`there is no aid ${flags.id}`);
    const aids = catalogue.aids.list(filter);
    if (flags.format === "aides-territoires") {
      const prefixes = new Map(loaded.map(({ definition }) => [definition.id, definition.importIdPrefix ?? ""]));
      for await (const piece of exportAidesTerritoires(aids, {
        publishedOnly: flags.published === true,
        importIdPrefixOf: (connector) => prefixes.get(connector) ?? "",
      })) {
        await terminal.write(piece);
      }
    } else if (flags.format === "dispositif-aide") {
      const { pieces, leftOut } = exportDispositifAide(aids, {
        anyLicence: flags.anyLicence === true,
        publishedOnly: flags.published === true,
      });
      for await (const piece of pieces) await terminal.write(piece);
      for (const [reason, left] of leftOut)
        terminal.err(
          `left out: ${left.length} for ${leftOutMessage(reason)} (${left.slice(0, 3).join(", ")}${left.length > 3 ? ", …" : ""})`,
        );
    } else if (flags.json) {
      let isFirst = true;
      for await (const page of aids) {
        for (const aid of page) {
          await terminal.write(`${isFirst ? "[" : ","}\n${JSON.stringify(canonicalAid(aid))}`);
          isFirst = false;
        }
      }
      await terminal.write(isFirst ? "[]\n" : "\n]\n");
    } else {
      await showForPeople(aids, flags, terminal);
    }
  });
}

/** The aid argument of every command: a UUID, or connector/externalId split at the first slash. */
function filterOf({ connector, id }: AidsFlags): AidFilter {
  const named: AidFilter = connector === undefined ? {} : { connector };
  if (id === undefined) return named;
  const slash = id.indexOf("/");
  if (slash < 0) return { ...named, aidId: id };
  const of = id.slice(0, slash);
  if (connector !== undefined && connector !== of) throw new WrongUse(`${id} is no aid of ${connector}`);
  return { connector: of, externalId: id.slice(slash + 1) };
}

async function showForPeople(aids: AsyncIterable<readonly Aid[]>, flags: AidsFlags, terminal: Workshop["terminal"]): Promise<void> {
  let count = 0;
  for await (const page of aids) {
    for (const aid of page) {
      count++;
      terminal.out(flags.id === undefined ? line(aid) : inFull(aid, terminal.colors.bold));
    }
  }
  if (count === 0) terminal.out("no aids yet; `moisson run <connector>` brings some");
  else if (flags.id === undefined) terminal.err(`${count} aids`);
}

function line(aid: Aid): string {
  const state = aid.withdrawnAt === null ? aid.status : `withdrawn ${aid.withdrawnAt}`;
  const until = aid.submissionDeadline === null ? "" : ` until ${aid.submissionDeadline}`;
  return `${aid.connector}/${aid.externalId}  ${aid.name}  (${state}${until})`;
}

function inFull(aid: Aid, bold: (text: string) => string): string {
  const fields = Object.entries(canonicalAid(aid)).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  return fields
    .map(([field, value]) => `${bold(field.padEnd(26))} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}
