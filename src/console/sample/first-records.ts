import { rm } from "node:fs/promises";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import type { DecodeLimits, FeedPart } from "../../ingest/decode/decoded.ts";
import type { Connector } from "../../kit/definition.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import type { Values } from "../../registry/survey/survey.ts";

/** Limits that keep the wait short. */
const limits: DecodeLimits = { decompressedBytes: 32 * 1024 ** 2, recordBytes: 8 * 1024 ** 2 };
const defaultCount = 300;
/** Workbooks are read whole: larger ones are skipped. */
const maxWorkbookBytes = 6 * 1024 ** 2;

/** Cache of recent reads: the pages of a definition read the same feed repeatedly. */
const known = new Map<string, Promise<readonly Values[]>>();
const maxCached = 6;

/**
 * Returns the first records of a snapshot, decoded for this connector; none if it cannot be read, or not quickly. @param most maximum number of
 * records
 */
export async function firstRecords(
  catalogue: Catalogue,
  hash: string,
  decode: Connector["decode"],
  most = defaultCount,
): Promise<readonly Values[]> {
  // Data that the catalogue has deleted must not come from the cache.
  if (!(await catalogue.snapshots.has(hash))) {
    for (const old of [...known.keys()].filter((kept) => kept.startsWith(`${hash} `))) known.delete(old);
    return [];
  }
  const key = `${hash} ${most} ${JSON.stringify(decode)}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const reading = read(catalogue, hash, decode, most);
  known.set(key, reading);
  reading.catch(() => known.delete(key));
  for (const old of [...known.keys()].slice(0, -maxCached)) known.delete(old);
  return reading;
}

async function read(catalogue: Catalogue, hash: string, decode: Connector["decode"], most: number): Promise<readonly Values[]> {
  const [part] = (await catalogue.snapshots.stream(hash)) ?? [];
  if (part === undefined) return [];
  if (decode.format !== "excel") return recordsOf(part, decode, most);
  if (part.bytes > maxWorkbookBytes) return [];
  // Workbooks need random access.
  const folder = await makeSpoolFolder();
  try {
    const { parts } = await catalogue.snapshots.restore(hash, folder);
    const [kept] = parts;
    return kept === undefined ? [] : await recordsOf(kept, decode, most);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function recordsOf(part: FeedPart, decode: Connector["decode"], most: number): Promise<readonly Values[]> {
  const records: Values[] = [];
  try {
    for await (const batch of decodeFeed([part], decode, limits)) {
      for (const decoded of batch) if (decoded.kind === "record") records.push(decoded.values);
      if (records.length >= most) break;
    }
  } catch (error) {
    // The records before the error are enough.
    if (!(error instanceof FeedUnreadable)) throw error;
  }
  return records.slice(0, most);
}
