import { createReadStream, existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { AdoptingConnector, LiveCatalogue } from "../../curation/adopt-live-aids.ts";
import { ExportUnreadable } from "../../curation/adoption/find-live-records.ts";
import { readLiveAids } from "../../curation/adoption/read-live-aids.ts";
import { termLookup } from "../../kit/rules/term-lookup.ts";
import type { CommandContext } from "../context.ts";
import { NotDone, WrongUse } from "../exit.ts";

/** Reads the live aids of an export. Throws `WrongUse` if the file is missing, `NotDone` with the reason if it is not a complete export. */
export async function readLiveExport(path: string): Promise<LiveCatalogue> {
  if (!(existsSync(path) && statSync(path).isFile())) throw new WrongUse(`no such file: ${path}`);
  const file = basename(path);
  try {
    return { file, aids: await readLiveAids({ file, bytes: createReadStream(path) }, termLookup(new Map())) };
  } catch (error) {
    if (error instanceof ExportUnreadable) throw new NotDone(error.message);
    throw error;
  }
}

/** Returns a connector with the other connectors' prefixes of import ids. Throws `WrongUse` if it does not exist. */
export async function adoptingConnector(context: CommandContext, id: string): Promise<AdoptingConnector> {
  const { definition } = await context.connector(id);
  const { connectors } = await context.connectors();
  const others = connectors.filter(({ definition: other }) => other.id !== id);
  return { definition, othersPrefixes: others.flatMap(({ definition: { importIdPrefix } }) => importIdPrefix ?? []) };
}
