import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type Decoded, type DecodeLimits, defaultDecodeLimits, type FeedPart } from "../../../../src/ingest/decode/decoded.ts";
import { decodeExcel } from "../../../../src/ingest/decode/excel/decode-excel.ts";
import type { DecodeOptions } from "../../../../src/kit/definition.ts";
import type { Issue } from "../../../../src/model/issue.ts";
import type { RunErrorCode } from "../../../../src/model/run/run-error.ts";
import { RunError } from "../../../../src/model/run/run-error.ts";

/** Options of a test; defaults are those of a connector. */
export type Reading = Partial<Omit<Extract<DecodeOptions, { format: "excel" }>, "format">> & { readonly limits?: Partial<DecodeLimits> };

/** Decoded workbook, by kind. */
export interface Read {
  readonly records: readonly Extract<Decoded, { kind: "record" }>[];
  readonly values: readonly Readonly<Record<string, unknown>>[];
  readonly broken: readonly Extract<Decoded, { kind: "broken" }>[];
  /** Issues of the feed, then those of the records. */
  readonly issues: readonly Issue[];
  readonly batches: readonly number[];
}

/** Decodes a workbook from a file. */
export async function readFile(path: string, reading: Reading = {}): Promise<Read> {
  const all: Decoded[] = [];
  const batches: number[] = [];
  for await (const batch of await decoding(path, reading)) {
    all.push(...batch);
    batches.push(batch.length);
  }
  const records = all.filter((decoded) => decoded.kind === "record");
  const feedIssues = all.filter((decoded) => decoded.kind === "issue").map((decoded) => decoded.issue);
  return {
    records,
    values: records.map(({ values }) => values),
    broken: all.filter((decoded) => decoded.kind === "broken"),
    issues: [...feedIssues, ...records.flatMap(({ issues }) => issues ?? [])],
    batches,
  };
}

/** Returns a file as a part of a feed. */
export async function partOf(path: string): Promise<FeedPart> {
  return { name: basename(path), contentType: null, bytes: (await stat(path)).size, path, open: () => createReadStream(path) };
}

async function decoding(path: string, reading: Reading): Promise<AsyncGenerator<Decoded[]>> {
  const { limits, ...layout } = reading;
  return decodeExcel(
    await partOf(path),
    { format: "excel", sheet: 1, headerRow: 1, skipRows: 0, ...layout },
    { ...defaultDecodeLimits, ...limits },
  );
}

/** Decodes the bytes of a workbook. */
export async function readBytes(bytes: Uint8Array, reading: Reading = {}): Promise<Read> {
  return await inFile(bytes, (path) => readFile(path, reading));
}

/** Reads the first batch of a workbook, stops, and returns its length. */
export async function firstBatchOf(bytes: Uint8Array): Promise<number> {
  return await inFile(bytes, async (path) => {
    for await (const batch of await decoding(path, {})) return batch.length;
    return 0;
  });
}

async function inFile<T>(bytes: Uint8Array, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-excel-"));
  try {
    const path = join(folder, "feed.xlsx");
    await writeFile(path, bytes);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Returns the error code of a run on these bytes or this file. */
export async function endOf(feed: Uint8Array | string, reading: Reading = {}): Promise<{ code: RunErrorCode; params: object }> {
  try {
    await (typeof feed === "string" ? readFile(feed, reading) : readBytes(feed, reading));
  } catch (error) {
    if (error instanceof RunError) return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error("the workbook was read to its end");
}
