import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { findInstallation } from "../../registry/installation.ts";
import type { Proposal } from "../../survey/propose/proposal.ts";
import type { Survey } from "../../survey/survey.ts";
import { checkedFiles, InvalidFiles } from "../../survey/write/checked-files.ts";
import { type ConnectorFile, connectorFiles } from "../../survey/write/connector-files.ts";
import type { CommandContext } from "../context.ts";
import { surveyEvidence } from "../english/survey.ts";
import { NotDone, WrongUse } from "../exit.ts";

/** Options for the places of the written files. */
interface MakeFlags {
  readonly into?: string;
  readonly dryRun?: true;
  readonly force?: true;
}

/**
 * Writes the files of a proposal, with the expected aids of its fixture. First makes and checks them in a temporary folder, like
 * `connectors check`. `text` is null for a binary file. Throws `WrongUse` if the connector exists, `NotDone` if the files are not valid.
 */
export async function makeConnector(
  context: CommandContext,
  survey: Survey,
  proposal: Proposal,
  flags: MakeFlags,
): Promise<{ readonly files: readonly { readonly path: string; readonly text: string | null }[] }> {
  const target = targetFolder(context, flags);
  await refuseTaken(context, proposal.definition.id, target, flags);
  const files = await soundFiles(context, survey, proposal);
  if (!flags.dryRun) {
    for (const { path: place, content } of files) {
      const file = path.join(target, place);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
  return {
    files: files.map(({ path: place, content }) => ({
      path: path.join(target, place),
      text: typeof content === "string" ? content : textOf(content),
    })),
  };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null; // A workbook, or text in another encoding.
  }
}

/** Returns the folder to write to. A build has no folder of its own. Throws `WrongUse` if no folder is set. */
function targetFolder({ config }: CommandContext, { into }: MakeFlags): string {
  const folder = into ?? config.connectorsFolder;
  if (folder !== null && folder !== undefined) return path.resolve(folder);
  const { root, connectorsRoot } = findInstallation();
  if (root !== connectorsRoot) throw new WrongUse("--into <folder> is required: a folder with connectors/, mappings/, fixtures/");
  return root;
}

async function refuseTaken({ connectors }: CommandContext, id: string, target: string, { force }: MakeFlags): Promise<void> {
  const taken = (await connectors()).connectors.find(({ definition }) => definition.id === id);
  if (taken?.folder === null) throw new WrongUse(`"${id}" is already a connector that was made in the console`);
  if (taken !== undefined && path.resolve(taken.folder) !== target) throw new WrongUse(`"${id}" is already the connector of ${taken.file}`);
  const file = path.join(target, "connectors", `${id}.ts`);
  if (force !== true && (taken !== undefined || existsSync(file))) throw new WrongUse(`${file} already exists; --force overwrites it`);
}

async function soundFiles({ folders }: CommandContext, survey: Survey, proposal: Proposal): Promise<ConnectorFile[]> {
  const { files, fixture } = connectorFiles(survey, proposal, remarksOn(survey, proposal));
  return checkedFiles(proposal.definition.id, files, [fixture], folders).catch((error: unknown) => {
    throw error instanceof InvalidFiles ? new NotDone(error.message) : error;
  });
}

/** Returns the lines of the docstring: publisher, number of records, oddities of the feed. */
function remarksOn({ received }: Survey, { definition, remarks, identifier, fields }: Proposal): string[] {
  const { chosen, isFragile } = identifier;
  const breaks = isFragile ? chosen.evidence.filter(({ code }) => !["unique", "few-records", "stable"].includes(code)) : [];
  const dates = fields.flatMap(({ evidence }) => evidence).filter(({ code }) => tellingDates.has(code));
  const oddities = [
    ...remarks.map(surveyEvidence),
    ...breaks.map((why) => `fragile identifier (${chosen.from.join(" and ")}): ${surveyEvidence(why)}`),
    ...dates.map(surveyEvidence),
  ];
  const shown = [...new Set(oddities)].map((line) => (line.length > maxRemarkLength ? `${line.slice(0, maxRemarkLength - 1)}…` : line));
  return [
    `${definition.publisher.name}: ${received} ${received === 1 ? "record" : "records"} when it was first looked at.`,
    "A draft made by `moisson connector new`, to be gone over by a person.",
    ...(shown.length > 0 ? ["", "Oddities:", ...shown.map((line, index) => `- ${line}${index < shown.length - 1 ? ";" : "."}`)] : []),
  ];
}

const maxRemarkLength = 130;
const tellingDates = new Set(["month-first", "day-or-month", "both-orders", "zone-not-meant", "midnight-in-utc"]);
