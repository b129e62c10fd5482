import { parentPort, workerData } from "node:worker_threads";
import { type EncodedRun, StagedEncoder, type StagedRows } from "../catalogue/runs/staged-rows.ts";
import type { Piece } from "./decode/piece.ts";
import type { CleanerOrigin, FeedCleaner } from "./forgotten-filter.ts";
import { KnownRecords } from "./known-records.ts";
import { createRecordMapper } from "./map/record-mapper.ts";
import { SeenIds } from "./map/seen-ids.ts";
import type { PieceReading, ReadPiece } from "./piece-result.ts";
import { RecordReader } from "./record-reader.ts";
import { receivedConnector, type SentConnector } from "./sent-connector.ts";

/** What a thread needs to read the records of a run. Plain data. */
export interface ThreadStart {
  readonly run: EncodedRun;
  /** Number of the thread, from 0. */
  readonly number: number;
  /** Its functions are loaded again here. */
  readonly connector: SentConnector;
  /** See `SharedNames`. */
  readonly names: { readonly by: readonly string[]; readonly several: Uint32Array } | null;
  readonly mapping: string;
  readonly known: SharedArrayBuffer;
  readonly cleaner: CleanerOrigin | null;
}

/** A piece to read: see `RecordReader.read`. */
export interface PieceRequest {
  readonly id: number;
  readonly piece: Piece;
  readonly reading: PieceReading;
}

/** The content of a piece. `bytes` are those of the piece, sent back. */
export type PieceAnswer =
  | { readonly id: number; readonly read: ReadPiece<StagedRows>; readonly bytes: Uint8Array<ArrayBuffer> | null }
  | { readonly id: number; readonly error: unknown };

/** Main of the thread: answers every `PieceRequest`. Requests wait while the reader is made. */
async function main(port: NonNullable<typeof parentPort>): Promise<void> {
  const reader = await readerOf(workerData as ThreadStart);
  port.on("message", ({ id, piece, reading }: PieceRequest) => {
    try {
      const read = reader.read(piece, reading);
      const bytes = piece.kind === "rows" ? piece.bytes : null;
      const { aids, contents } = read.staged;
      port.postMessage({ id, read, bytes } satisfies PieceAnswer, [
        aids.buffer,
        contents.buffer,
        ...(bytes === null ? [] : [bytes.buffer]),
      ]);
    } catch (error) {
      port.postMessage({ id, error } satisfies PieceAnswer);
    }
  });
}

async function readerOf(start: ThreadStart): Promise<RecordReader<StagedRows>> {
  const { run, number, names, mapping, known } = start;
  const { definition, terms } = await receivedConnector(start.connector);
  const shared = names && { by: names.by, several: new SeenIds(names.several) };
  const mapper = createRecordMapper(definition, terms, shared);
  const reading = { mapper, mapping, known: new KnownRecords(known), tellsApart: names !== null, cleaner: await cleanerOf(start.cleaner) };
  const encoder = new StagedEncoder(run, number);
  return new RecordReader(reading, (aids) => encoder.encode(aids));
}

async function cleanerOf(origin: CleanerOrigin | null): Promise<FeedCleaner | null> {
  if (origin === null) return null;
  const made: { cleanerOf(data: unknown): FeedCleaner } = await import(origin.module);
  return made.cleanerOf(origin.data);
}

if (parentPort !== null) await main(parentPort);
