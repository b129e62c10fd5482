import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { seeded } from "../support/seeded.ts";
import { benchConnector } from "./bench-connector.ts";
import { columns, makeRecord } from "./make-feed.ts";

/** A generated connector's feed: records `first` to `first + count` of the pool. */
export interface NightFeed {
  readonly id: string;
  readonly format: "csv" | "json";
  readonly first: number;
  readonly count: number;
  /** In a night with changes, one record in fifty has another text. */
  readonly changes: boolean;
}

/**
 * A night, by what its feeds answer. `second`: whole feeds, and those that change have changed. `not-modified`: 304. `same`: the bytes of
 * the night before. `other-bytes`: other bytes with the same records. `ordinary`: half of the unchanged feeds answer 304, the others their
 * bytes; those that change have changed.
 */
export type BenchNight = "first" | "second" | "not-modified" | "same" | "other-bytes" | "ordinary";

/** The bytes of a feed: `head`, a range of a file, `tail`. */
export interface FeedBytes {
  readonly head: string;
  readonly file: string;
  readonly start: number;
  /** Offset after the last byte. */
  readonly end: number;
  readonly tail: string;
}

/** The records of all feeds in one file, so that serving a feed costs no more than reading a file. */
export interface RecordPool {
  bytesOf(feed: NightFeed, night: BenchNight): FeedBytes;
}

/** Returns true if the feed has changed records in this night. */
export function hasChanged({ changes }: NightFeed, night: BenchNight): boolean {
  return changes && (night === "second" || night === "ordinary");
}

/** Returns true if a feed answers 304 in this night to a request with the right ETag. */
export function isNotModified(feed: NightFeed, night: BenchNight): boolean {
  if (night === "ordinary") return !feed.changes && feed.count % 2 === 0;
  return night === "not-modified";
}

const fewestRecords = 20;
const starts = 400;
/** `makeRecord` changes every fiftieth record, so a feed that starts at a multiple contains a changed one. */
const startStep = 50;

/**
 * Returns `count` feeds, JSON and CSV alternating, with log-uniform sizes from 20 to `most` records, the same on every machine. One in ten
 * changes.
 */
export function nightFeeds(count: number, most: number): NightFeed[] {
  const random = seeded(2026);
  return Array.from({ length: count }, (_, index) => ({
    id: `nuit-${String(index).padStart(5, "0")}`,
    format: index % 2 === 0 ? ("json" as const) : ("csv" as const),
    first: (index % starts) * startStep,
    count: Math.round(fewestRecords * (most / fewestRecords) ** random()),
    changes: index % 10 === 3,
  }));
}

/** Writes the connectors of these feeds into a folder for `MOISSON_CONNECTORS`. `addressOf`: address of a feed by its index. */
export async function writeNightConnectors(
  folder: string,
  feeds: readonly NightFeed[],
  addressOf: (index: number) => string,
): Promise<void> {
  await mkdir(join(folder, "connectors"), { recursive: true });
  for (const [index, feed] of feeds.entries()) {
    const connector = { ...benchConnector(feed.format), id: feed.id, feed: { url: addressOf(index) } };
    await writeFile(join(folder, "connectors", `${feed.id}.json`), JSON.stringify(connector));
  }
}

/** Writes the records for feeds of up to `most` records. */
export async function writeRecordPool(folder: string, most: number): Promise<RecordPool> {
  const count = most + starts * startStep;
  const files = new Map<string, { readonly file: string; readonly offsets: readonly number[] }>();
  for (const format of ["csv", "json"] as const) {
    for (const night of [1, 2] as const)
      files.set(`${format} ${night}`, await writeRecords(join(folder, `${format}-${night}`), format, count, night - 1));
  }
  return {
    bytesOf(feed, night) {
      const { format, first, count } = feed;
      const found = files.get(`${format} ${hasChanged(feed, night) ? 2 : 1}`);
      const start = found?.offsets[first];
      const end = found?.offsets[first + count];
      if (found === undefined || start === undefined || end === undefined) throw new Error("the pool has too few records");
      const blank = night === "other-bytes" ? "\n" : "";
      if (format === "csv") return { head: `${columns.join(";")}\n`, file: found.file, start, end, tail: blank };
      return { head: '{"aides":[', file: found.file, start, end: end - ",\n".length, tail: `]}${blank}` };
    },
  };
}

/** Returns the start of each record and the end of the last one. */
async function writeRecords(path: string, format: NightFeed["format"], count: number, version: number) {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  const offsets = [0];
  let length = 0;
  for (let index = 0; index < count; index++) {
    const record = sized(makeRecord(index, version), index);
    const line = format === "csv" ? `${columns.map((column) => quoted(record[column])).join(";")}\n` : `${JSON.stringify(record)},\n`;
    length += Buffer.byteLength(line);
    offsets.push(length);
    if (!file.write(line)) await once(file, "drain");
  }
  file.end();
  await finished(file);
  return { file: path, offsets };
}

/** Cuts records to about 1, 2 and 3 KB in turn. */
function sized(record: ReturnType<typeof makeRecord>, index: number): ReturnType<typeof makeRecord> {
  if (index % 3 === 0) return { ...record, texte: "", criteres: "" };
  return index % 3 === 1 ? { ...record, criteres: "" } : record;
}

function quoted(text: string): string {
  return /[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
