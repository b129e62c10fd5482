import { rm } from "node:fs/promises";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import type { DecodeLimits, FeedPart } from "../../ingest/decode/decoded.ts";
import { isUnreadPage } from "../../ingest/decode/site/unread-page.ts";
import { readingOf } from "../../ingest/feed-reading.ts";
import type { Connector } from "../../kit/definition.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";

/** Low limits, so that the page answers soon. */
const limits: DecodeLimits = { decompressedBytes: 32 * 1024 ** 2, recordBytes: 8 * 1024 ** 2 };
const defaultCount = 300;
/** Larger workbooks are not read, because a workbook must be read whole. */
const maxWorkbookBytes = 6 * 1024 ** 2;

/** Cache of recent reads, because all pages of a definition read the same feed. */
const cache = new Map<string, Promise<readonly Values[]>>();
const maxCached = 6;

/** Returns the first records of a snapshot, decoded for this connector. Returns no records if the snapshot is missing or too slow to read. */
export async function firstRecords(
  catalogue: Catalogue,
  hash: string,
  definition: Connector,
  maxRecords = defaultCount,
): Promise<readonly Values[]> {
  // Data that the catalogue has deleted must not come from the cache.
  if (!(await catalogue.snapshots.has(hash))) {
    for (const key of [...cache.keys()].filter((key) => key.startsWith(`${hash} `))) cache.delete(key);
    return [];
  }
  const key = `${hash} ${maxRecords} ${JSON.stringify([definition.decode, definition.details])}`;
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const reading = read(catalogue, hash, definition, maxRecords);
  cache.set(key, reading);
  reading.catch(() => cache.delete(key));
  for (const old of [...cache.keys()].slice(0, -maxCached)) cache.delete(old);
  return reading;
}

/**
 * Returns all records of a snapshot, decoded for this connector. Null if the snapshot is missing, if it has more records, or if a part of it
 * cannot be read.
 */
export async function allRecords(
  catalogue: Catalogue,
  hash: string,
  definition: Connector,
  maxRecords: number,
): Promise<readonly Values[] | null> {
  return withPart(catalogue, hash, definition, null, async (part) => {
    const { records, isWhole } = await recordsOf(part, definition, maxRecords);
    return isWhole ? records : null;
  });
}

async function read(catalogue: Catalogue, hash: string, definition: Connector, maxRecords: number): Promise<readonly Values[]> {
  return withPart(catalogue, hash, definition, [], async (part) => (await recordsOf(part, definition, maxRecords)).records);
}

/** Calls `work` with the first part of a snapshot. Returns `otherwise` if it is missing, or a workbook that is too large. */
async function withPart<Result>(
  catalogue: Catalogue,
  hash: string,
  { decode: { format } }: Connector,
  otherwise: Result,
  work: (part: FeedPart) => Promise<Result>,
): Promise<Result> {
  const [part] = (await catalogue.snapshots.stream(hash)) ?? [];
  if (part === undefined) return otherwise;
  if (format !== "excel" && format !== "yaml") return work(part);
  if (part.bytes > maxWorkbookBytes) return otherwise;
  // Workbooks and archives need random access.
  const folder = await makeSpoolFolder();
  try {
    const { parts } = await catalogue.snapshots.restore(hash, folder);
    const [kept] = parts;
    return kept === undefined ? otherwise : await work(kept);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads at most `maxRecords` records. `isWhole`: there are no others. */
async function recordsOf(
  part: FeedPart,
  definition: Connector,
  maxRecords: number,
): Promise<{ readonly records: readonly Values[]; readonly isWhole: boolean }> {
  const records: Values[] = [];
  let isWhole = true;
  try {
    for await (const batch of decodeFeed([part], readingOf(definition), limits)) {
      for (const decoded of batch) {
        const isUnread = decoded.kind === "broken" || isUnreadPage(decoded);
        if (isUnread) isWhole = false;
        else if (decoded.kind === "record") records.push(decoded.values);
      }
      if (records.length > maxRecords) break;
    }
  } catch (error) {
    // The records before the error are enough.
    if (!(error instanceof FeedUnreadable)) throw error;
    isWhole = false;
  }
  return { records: records.slice(0, maxRecords), isWhole: isWhole && records.length <= maxRecords };
}
