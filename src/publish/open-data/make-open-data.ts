import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { leftOutMessage } from "../../french/left-out.ts";
import type { LoadedConnector } from "../../kit/loaded-connector.ts";
import type { OpenDataFacts, OpenDataFile } from "../../model/aid/open-data.ts";
import { type ConfirmedBasis, legalTexts } from "../../model/aid/reuse-basis.ts";
import { labelOf } from "../../model/vocabularies.ts";
import type { KnownServices } from "../../privacy/doubts.ts";
import { licenceAddresses } from "../exports/dcat-catalogue.ts";
import { csvLine } from "../exports/export-dispositif-aide.ts";
import { harmlessCell } from "../exports/french-csv.ts";
import { sourceOfRecord } from "../exports/source-of-record.ts";
import { fileTypes, inCatalogue, type KeepFile } from "./keep-file.ts";
import type { OpenDataOrigin } from "./open-page.ts";
import { writeAids } from "./write-aids.ts";

/** A finished dump. */
export interface MadeOpenData {
  readonly files: readonly OpenDataFile[];
  readonly facts: OpenDataFacts;
}

/** Services for a dump. */
export interface OpenDataMaking {
  readonly catalogue: Pick<Catalogue, "openData" | "search" | "reuseBases" | "personAnswers">;
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
  const bases = await catalogue.reuseBases.inForce();
  const { files, facts } = await writeAids(catalogue.openData.liveAids(), keep, {
    origins: originsOf(connectors, bases, await catalogue.personAnswers.services()),
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

function originsOf(
  connectors: readonly LoadedConnector[],
  bases: ReadonlyMap<string, ConfirmedBasis>,
  services: KnownServices,
): Readonly<Record<string, OpenDataOrigin>> {
  return Object.fromEntries(
    connectors.map(({ definition }) => {
      const { id, contacts } = definition;
      return [id, { ...sourceOfRecord(definition, bases.get(id) ?? null), contacts: contacts ?? "mailbox", services }];
    }),
  );
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/**
 * Returns `sources.csv`: the attribution of a dump, one line for each publisher's feed and licence or legal basis. Safe for spreadsheets: no cell is a
 * formula.
 */
export function sourcesCsv({ sources }: OpenDataFacts): string {
  const lines = sources.map(({ publisher, licence, basis = null, aids, inNationalSchema, updated, mentions }) =>
    csvLine([
      harmlessCell(publisher),
      labelOf("importShareLicence", licence),
      licenceAddresses[licence] ?? "",
      String(aids),
      String(inNationalSchema),
      updated ?? "",
      harmlessCell(mentions.join(" | ")),
      basis?.basis ?? "",
      basis === null ? "" : (basis.page ?? legalTexts[basis.basis] ?? ""),
      basis?.confirmed ?? "",
    ]),
  );
  return (
    csvLine([
      ...["producteur", "licence", "adresse_licence", "aides", "aides_schema_national", "derniere_mise_a_jour", "mention"],
      ...["base_legale", "adresse_base_legale", "base_legale_confirmee_le"],
    ]) + lines.join("")
  );
}

/** Returns `left-out.csv`: number of live aids in no file, or not in the national schema's, by reason, without naming any. */
function leftOutCsv({ leftOut }: OpenDataFacts): string {
  const lines = Object.entries(leftOut).map(([reason, count]) =>
    csvLine([reason === "licence" ? "tous" : "aides.csv", reason, leftOutMessage(reason), String(count)]),
  );
  return csvLine(["fichier", "code", "motif", "aides"]) + lines.join("");
}
