import { rm } from "node:fs/promises";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { fileKind, readHead } from "../../ingest/decode/container/container-kind.ts";
import { type FoundRecord, findRecords, type WantedRecords } from "../../ingest/find-records.ts";
import type { MappingConnector } from "../../ingest/run-inputs.ts";
import type { FeedPart } from "../../model/run/feed-part.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";

/** Limits of a search. */
export interface ReadingLimits {
  /** Maximum number of records returned. */
  readonly limit: number;
  /** Without it there is no limit of time. */
  readonly withinMs?: number;
}

/**
 * Searches a stored feed for records with today's connector, stopping at the last wanted one. Throws `RunFailed` (`snapshot-missing`),
 * `RunError` if the feed cannot be read today, or `ReadingTookTooLong`.
 */
export async function readStoredRecords(
  catalogue: Pick<Catalogue, "snapshots">,
  connector: MappingConnector,
  snapshotHash: string,
  wanted: WantedRecords,
  { limit, withinMs = Number.POSITIVE_INFINITY }: ReadingLimits,
): Promise<FoundRecord[]> {
  return withStoredParts(catalogue, connector, snapshotHash, withinMs, (parts) => findRecords(connector, parts, wanted, limit));
}

/** The search in a large feed reached its time limit. */
export class ReadingTookTooLong extends Error {
  constructor() {
    super("the records were not found in time");
    this.name = "ReadingTookTooLong";
  }
}

/**
 * Reads a stored feed. Text comes from the database piece by piece, as far as it is read; workbooks and archives are written to a file
 * first, because they need random access. Throws `RunFailed` (`snapshot-missing`), `ReadingTookTooLong`, and what `read` throws.
 */
async function withStoredParts<T>(
  { snapshots }: Pick<Catalogue, "snapshots">,
  connector: Pick<MappingConnector, "definition">,
  snapshotHash: string,
  withinMs: number,
  read: (parts: readonly FeedPart[]) => Promise<T>,
): Promise<T> {
  const until = performance.now() + withinMs;
  const within = (parts: readonly FeedPart[]) => parts.map((part) => ({ ...part, open: () => readUntil(until, part) }));
  const streamed = await snapshots.stream(snapshotHash);
  if (streamed !== null && !(await needsFiles(connector, streamed))) return read(within(streamed));
  const folder = await makeSpoolFolder();
  try {
    const { parts } = await snapshots.restore(snapshotHash, folder);
    return await read(within(parts));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function needsFiles({ definition }: Pick<MappingConnector, "definition">, [first]: readonly FeedPart[]): Promise<boolean> {
  if (definition.decode.format === "excel") return true;
  return first !== undefined && fileKind((await readHead(first.open(), 16)).bytes) === "zip";
}

async function* readUntil(until: number, part: FeedPart): AsyncGenerator<Uint8Array> {
  for await (const piece of part.open()) {
    if (performance.now() > until) throw new ReadingTookTooLong();
    yield piece;
  }
}
