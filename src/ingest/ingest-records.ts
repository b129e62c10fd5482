import type { Issue } from "../model/issue.ts";
import type { Memo, NewAid, RejectedRecord } from "../model/plan/plan.ts";
import type { RunError } from "../model/run/run-error.ts";
import type { Decoded } from "./decode/decoded.ts";
import type { Piece } from "./decode/piece.ts";
import type { RecordMapper } from "./map/record-mapper.ts";
import { SeenIds } from "./map/seen-ids.ts";
import { type PieceReading, type ReadPiece, recordMarks } from "./piece-result.ts";
import { RecordReader } from "./record-reader.ts";
import { type RecordSinks, RecordWriter } from "./record-writer.ts";
import type { RunTally } from "./report/run-tally.ts";

/** Reads the pieces of a feed, here or in threads. */
export interface PieceReader<Staged> {
  /** Number of pieces that may be read at the same time. */
  readonly atOnce: number;
  /** Reads a piece as `RecordReader` does. */
  read(piece: Piece, reading: PieceReading): Promise<ReadPiece<Staged>>;
}

/** The stored aids and rejected records that need not be mapped again. They have the same numbers here and in `KnownRecords`. */
interface KnownHeads {
  /** Number of the first rejected record. */
  readonly rejectsFrom: number;
  /** Two numbers per head: the key of its external id, or zeros. */
  readonly keys: Uint32Array;
  memoOf(number: number): Memo;
}

export interface IngestOptions {
  /** Stops after this many records. */
  readonly limit?: number;
  readonly known?: KnownHeads;
  /** Number of rejected records to write. All are counted. */
  readonly maxRejected?: number;
  /** Compares every record with its aid, not a sample. */
  readonly measuresAll?: true;
  /** Returns why the feed must not be read any further, or null. */
  refuse?(): RunError | null;
  onProgress?(received: number, announced: number | null): void;
}

/** What a feed says about the stored aids. */
export interface ReceivedAids {
  /**
   * Returns the numbers of the known aids that the feed does not contain. A rejected record contains its aid: a record that we cannot read
   * does not mean that its aid is gone.
   */
  missing(): number[];
  /** A record names a forgotten person. */
  readonly namesForgotten: boolean;
}

/**
 * Returns the number of changed records of a piece that are compared with their aids: more in the first two pieces, one in every fourth
 * later piece. This bounds the time that a large feed takes, and depends on the feed only.
 */
function sampleOf(pieceNumber: number): number {
  if (pieceNumber < 2) return 50;
  return pieceNumber % 4 === 0 ? 1 : 0;
}

const none: ReadonlySet<number> = new Set();

/**
 * Reads the pieces of a feed and writes their records. Pieces are read ahead, and counted and written in feed order, so the result depends
 * neither on their size nor on the number of threads.
 */
export async function ingestPieces<Staged>(
  pieces: AsyncIterable<Piece>,
  reader: PieceReader<Staged>,
  sinks: RecordSinks<Staged>,
  tally: RunTally,
  options: IngestOptions = {},
): Promise<ReceivedAids> {
  const ingestion = new Ingestion(tally, options.known ?? noHeads);
  const writer = new RecordWriter(sinks, options.maxRejected);
  let refusal: RunError | null = null;
  const left = () => (options.limit ?? Number.POSITIVE_INFINITY) - tally.received;
  const ahead: { piece: Piece; measured: number; result: Promise<ReadPiece<Staged>> }[] = [];
  let pieceCount = 0;
  const countFirst = async (): Promise<void> => {
    const first = ahead.shift();
    if (first === undefined) return;
    let result = await first.result;
    const repeats = ingestion.repeatsIn(result);
    if (repeats.duplicates.size > 0 || result.received >= left())
      result = await reader.read(first.piece, { ...repeats, limit: left(), measured: first.measured });
    ingestion.count(first.piece, result);
    await writer.write(result);
    options.onProgress?.(tally.received, tally.announced);
    refusal = options.refuse?.() ?? null;
  };
  const mayGoOn = () => left() > 0 && refusal === null;
  const cut = untilError(pieces);
  for await (const piece of cut.values) {
    const measured = options.measuresAll === true ? Number.POSITIVE_INFINITY : sampleOf(pieceCount++);
    const result = reader.read(piece, { duplicates: none, copies: none, limit: Number.POSITIVE_INFINITY, measured });
    result.catch(() => undefined); // awaited, and thrown, later
    ahead.push({ piece, measured, result });
    if (ahead.length >= reader.atOnce) await countFirst();
    if (!mayGoOn()) break;
  }
  // The records before an error are counted and stored, too.
  while (ahead.length > 0 && mayGoOn()) await countFirst();
  await writer.end();
  if (refusal !== null) throw refusal;
  if (left() > 0) cut.throwError();
  return ingestion;
}

/** Yields values until the source fails. `throwError` then throws its error. */
function untilError<T>(source: AsyncIterable<T>): { values: AsyncIterable<T>; throwError(): void } {
  let failure: { readonly error: unknown } | null = null;
  async function* values(): AsyncGenerator<T> {
    try {
      yield* source;
    } catch (error) {
      failure = { error };
    }
  }
  return {
    values: values(),
    throwError: () => {
      if (failure !== null) throw failure.error;
    },
  };
}

const noHeads: KnownHeads = { rejectsFrom: 0, keys: new Uint32Array(0), memoOf: noMemo };

function noMemo(number: number): never {
  throw new Error(`no head has the number ${number}`);
}

/** Where `ingestRecords` writes valid aids and rejected records. */
export interface MemorySinks {
  stage(aids: readonly NewAid[]): Promise<void>;
  reject(records: readonly RejectedRecord[]): Promise<void>;
}

/** Reads decoded records that are in memory anyway: fixtures, samples, letters. */
export async function ingestRecords(
  batches: AsyncIterable<readonly Decoded[]>,
  mapper: RecordMapper,
  { stage, reject }: MemorySinks,
  tally: RunTally,
  options: Pick<IngestOptions, "measuresAll"> = {},
): Promise<ReceivedAids> {
  const reader = new RecordReader({ mapper, mapping: "", known: null, tellsApart: false, cleaner: null }, (aids) => aids);
  const sinks: RecordSinks<NewAid[]> = { stage, reject: (rejections) => reject(rejections.flatMap(({ record }) => record ?? [])) };
  return ingestPieces(piecesOf(batches), readHere(reader), sinks, tally, options);
}

/** Reads pieces one by one, in this thread. */
export function readHere<Staged>(reader: RecordReader<Staged>): PieceReader<Staged> {
  return { atOnce: 1, read: async (piece, reading) => reader.read(piece, reading) };
}

async function* piecesOf(batches: AsyncIterable<readonly Decoded[]>): AsyncGenerator<Piece> {
  for await (const items of batches) yield { kind: "decoded", items };
}

/** Counts pieces in feed order. */
class Ingestion implements ReceivedAids {
  namesForgotten = false;
  readonly #valid = new SeenIds();
  readonly #rejected = new SeenIds();
  /** The valid records themselves, to recognise copies. */
  readonly #records = new SeenIds();
  /** Columns without a title that were reported. */
  readonly #unnamed = new Set<string>();

  constructor(
    private readonly tally: RunTally,
    private readonly known: KnownHeads,
  ) {}

  missing(): number[] {
    const { rejectsFrom, keys } = this.known;
    const numbers: number[] = [];
    for (let number = 0; number < rejectsFrom; number++) {
      const [high, low] = this.#keyOf(number, keys, 0);
      if (!this.#valid.hasKey(high, low) && !this.#rejected.hasKey(high, low)) numbers.push(number);
    }
    return numbers;
  }

  /** Returns the numbers of records that have the external id of an earlier valid record, and of those that are copies of it. */
  repeatsIn({ marks, keys, records }: ReadPiece<unknown>): Pick<PieceReading, "duplicates" | "copies"> {
    const duplicates = new Set<number>();
    const copies = new Set<number>();
    const here = { ids: new SeenIds(), records: new SeenIds() };
    for (let at = 0; at < marks.length; at++) {
      const mark = marks[at] ?? 0;
      const id = this.#keyOf(mark, keys, at);
      if (id[0] === 0) continue;
      const record = keyAt(records, at);
      const isValid = mark !== recordMarks.rejected && mark < this.known.rejectsFrom;
      if (this.#valid.hasKey(...id) || here.ids.hasKey(...id)) {
        duplicates.add(at);
        if (this.#records.hasKey(...record) || here.records.hasKey(...record)) copies.add(at);
      } else if (isValid) {
        here.ids.addKey(...id);
        here.records.addKey(...record);
      }
    }
    return { duplicates, copies };
  }

  /** Counts a piece without duplicates. */
  count(piece: Piece, read: ReadPiece<unknown>): void {
    const { tally } = this;
    tally.received += read.received;
    if (read.announced !== null) tally.announced = read.announced;
    if (read.namesForgotten) this.namesForgotten = true;
    tally.see(read.fields);
    for (const [reason, count] of read.skipped) tally.skip(reason, count);
    for (const { locator, fields } of read.losses) tally.losses.add(locator, fields);
    for (const [paths, count] of read.pathsOfRejected) tally.seePaths(paths, count);
    let reported = 0;
    const report = (upTo: number) => {
      for (; (read.issues[reported]?.at ?? Number.POSITIVE_INFINITY) <= upTo; reported++) this.#addIssues(piece, read.issues[reported]);
    };
    let valid = 0;
    for (let at = 0; at < read.marks.length; at++) {
      report(at);
      const mark = read.marks[at] ?? 0;
      const locator = read.locators[at] ?? "";
      const [high, low] = this.#keyOf(mark, read.keys, at);
      const recalled = mark >= 0 ? this.known.memoOf(mark) : undefined;
      if (mark === recordMarks.rejected || mark >= this.known.rejectsFrom) {
        tally.rejected++;
        if (high !== 0) this.#rejected.addKey(high, low);
        tally.addIssues(recalled?.issues.map((found) => ({ ...found, locator })) ?? []);
        continue;
      }
      this.#valid.addKey(high, low);
      this.#records.addKey(...keyAt(read.records, at));
      if (mark >= 0) tally.recalled++;
      const memo = recalled ?? read.memos[read.memoOf[valid++] ?? 0];
      if (memo !== undefined) tally.addValid(memo, locator);
    }
    report(read.marks.length);
  }

  #addIssues(piece: Piece, found: { isOfFeed: boolean; issues: readonly Issue[] } | undefined): void {
    if (found === undefined) return;
    this.tally.addIssues(found.issues.filter((one) => !found.isOfFeed || this.#isNew(piece, one)));
  }

  /** Returns false for a column without a title that an earlier piece has reported. */
  #isNew(piece: Piece, { code, field }: Issue): boolean {
    if (code !== "unnamed-column" || piece.kind !== "rows") return true;
    const key = `${piece.table.page}\u0000${field}`;
    if (this.#unnamed.has(key)) return false;
    this.#unnamed.add(key);
    return true;
  }

  #keyOf(mark: number, keys: Uint32Array, at: number): [number, number] {
    return mark >= 0 ? keyAt(this.known.keys, mark) : keyAt(keys, at);
  }
}

function keyAt(keys: Uint32Array, at: number): [number, number] {
  return [keys[2 * at] ?? 0, keys[2 * at + 1] ?? 0];
}
