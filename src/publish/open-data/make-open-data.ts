import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { OpenDataFacts, OpenDataFile } from "../../model/aid/open-data.ts";
import type { LoadedConnector } from "../../registry/load-connectors.ts";
import { fileTypes } from "./file-types.ts";
import type { OpenDataOrigin } from "./open-page.ts";
import { inCatalogue, type KeepFile } from "./shelf.ts";
import { leftOutCsv, sourcesCsv } from "./small-files.ts";
import { writeAids } from "./write-aids.ts";

/** A finished dump. */
export interface MadeOpenData {
  readonly files: readonly OpenDataFile[];
  readonly facts: OpenDataFacts;
}

/** Services for a dump. */
export interface OpenDataMaking {
  readonly catalogue: Pick<Catalogue, "openData" | "search">;
  readonly connectors: readonly LoadedConnector[];
  readonly onProgress?: (seen: number) => void;
  readonly signal?: AbortSignal;
}

/** Makes a dump in the catalogue, which is served once it is complete; a failed one leaves the previous. Throws the reason of `signal`. */
export async function makeOpenData(making: OpenDataMaking, now: () => Date): Promise<MadeOpenData & { readonly dumpId: string }> {
  const { openData } = making.catalogue;
  const dumpId = await openData.begin(now());
  try {
    const made = await writeOpenData(making, inCatalogue(openData, dumpId));
    await openData.finish(dumpId, made.facts, now());
    return { dumpId, ...made };
  } catch (error) {
    await openData.discard(dumpId).catch(() => undefined);
    throw error;
  }
}

/**
 * Makes the dump again if there is one, and deletes all others, unfinished ones too: they may name a person forgotten since. Returns false
 * without a dump.
 */
export async function remakeOpenData(making: OpenDataMaking, now: () => Date): Promise<boolean> {
  const { openData } = making.catalogue;
  if (!(await openData.hasAny())) return false;
  const { dumpId } = await makeOpenData(making, now);
  await openData.keepOnly(dumpId);
  return true;
}

/** Writes the files of a dump, the checksums last. Throws the reason of `signal`. */
export async function writeOpenData({ catalogue, connectors, onProgress, signal }: OpenDataMaking, keep: KeepFile): Promise<MadeOpenData> {
  // An aid gets its number when it is indexed.
  while ((await catalogue.search.catchUp()) > 0) signal?.throwIfAborted();
  const { files, facts } = await writeAids(catalogue.openData.liveAids(), keep, {
    origins: originsOf(connectors),
    ...(onProgress !== undefined && { onProgress }),
    ...(signal !== undefined && { signal }),
  });
  const small = async (name: keyof typeof fileTypes, text: string) => {
    const file = await keep(name, fileTypes[name], once(text));
    files.push(file);
  };
  await small("sources.csv", sourcesCsv(facts));
  await small("left-out.csv", leftOutCsv(facts));
  await small("SHA256SUMS", files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(""));
  return { files, facts };
}

function originsOf(connectors: readonly LoadedConnector[]): Readonly<Record<string, OpenDataOrigin>> {
  return Object.fromEntries(
    connectors.map(({ definition: { id, importIdPrefix = "", publisher, contacts = "mailbox" } }) => [
      id,
      { importIdPrefix, publisher: publisher.name, siren: publisher.siren ?? null, contacts },
    ]),
  );
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
