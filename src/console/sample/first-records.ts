import { rm } from "node:fs/promises";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { decodeFeed } from "../../ingest/decode/decode-feed.ts";
import type { DecodeLimits, FeedPart } from "../../ingest/decode/decoded.ts";
import type { Connector } from "../../kit/definition.ts";
import { FeedUnreadable } from "../../model/run/run-error.ts";
import { makeSpoolFolder } from "../../platform/spool-folder.ts";
import type { Values } from "../../registry/survey/survey.ts";

/** A person waits for it: so many records, of a beginning of so many bytes. */
const limits: DecodeLimits = { decompressedBytes: 32 * 1024 ** 2, recordBytes: 8 * 1024 ** 2 };
const usual = 300;
/** A workbook is read whole: larger ones are left alone. */
const largestWorkbook = 6 * 1024 ** 2;

/** The last ones that were read: pages of a definition look at the same feed again and again. */
const known = new Map<string, Promise<readonly Values[]>>();
const mostKnown = 6;

/**
 * The first records of a snapshot, as this connector decodes them; none where it cannot be read so, or not in a moment.
 * @param most so many at most
 */
export async function firstRecords(
  catalogue: Catalogue,
  hash: string,
  decode: Connector["decode"],
  most = usual,
): Promise<readonly Values[]> {
  // What the catalogue keeps no more is not shown from memory.
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
  for (const old of [...known.keys()].slice(0, -mostKnown)) known.delete(old);
  return reading;
}

async function read(catalogue: Catalogue, hash: string, decode: Connector["decode"], most: number): Promise<readonly Values[]> {
  const [part] = (await catalogue.snapshots.stream(hash)) ?? [];
  if (part === undefined) return [];
  if (decode.format !== "excel") return recordsOf(part, decode, most);
  if (part.bytes > largestWorkbook) return [];
  // A workbook is read by position.
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
    // What stands before the place that cannot be read tells enough.
    if (!(error instanceof FeedUnreadable)) throw error;
  }
  return records.slice(0, most);
}
