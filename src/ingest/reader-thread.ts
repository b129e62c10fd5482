import { parentPort } from "node:worker_threads";
import { encodeStaged } from "../catalogue/runs/staged-rows.ts";
import type { Connector } from "../kit/definition.ts";
import type { TermTables } from "../kit/rules/rule-context.ts";
import { termLookup } from "../kit/rules/term-lookup.ts";
import type { Piece } from "./decode/piece.ts";
import { KnownRecords } from "./known-records.ts";
import { createRecordMapper } from "./map/record-mapper.ts";
import { type ReadPiece, RecordReader } from "./record-reader.ts";

/** What a thread needs to read the records of a run. Plain data. */
export interface ThreadStart {
  readonly runId: string;
  readonly definition: Connector;
  readonly tables: TermTables;
  readonly mapping: string;
  readonly known: SharedArrayBuffer;
}

/** A piece to read: see `RecordReader.read`. */
export interface PieceRequest {
  readonly id: number;
  readonly piece: Piece;
  readonly duplicates: ReadonlySet<number> | undefined;
}

/** The content of a piece. `bytes` are those of the piece, sent back. */
export type PieceAnswer =
  | { readonly id: number; readonly read: ReadPiece<Uint8Array<ArrayBuffer>>; readonly bytes: Uint8Array<ArrayBuffer> | null }
  | { readonly id: number; readonly error: unknown };

/** Main of the thread. Its first message is a `ThreadStart`; it answers every following `PieceRequest`. */
function main(port: NonNullable<typeof parentPort>): void {
  port.once("message", ({ runId, definition, tables, mapping, known }: ThreadStart) => {
    const mapper = createRecordMapper(definition, termLookup(tables), null);
    const reader = new RecordReader({ mapper, mapping, known: new KnownRecords(known), tellsApart: false, cleaner: null });
    port.on("message", ({ id, piece, duplicates }: PieceRequest) => {
      try {
        const found = reader.read(piece, duplicates);
        const read = { ...found, staged: encodeStaged(runId, definition.id, found.staged) };
        const bytes = piece.kind === "rows" ? piece.bytes : null;
        const answer: PieceAnswer = { id, read, bytes };
        port.postMessage(answer, [read.staged.buffer, ...(bytes === null ? [] : [bytes.buffer])]);
      } catch (error) {
        port.postMessage({ id, error } satisfies PieceAnswer);
      }
    });
  });
}

if (parentPort !== null) main(parentPort);
