import { pieceBytes, type RowsPiece } from "../piece.ts";

type Place = 0 | 1 | 2 | 3 | 4;
const cellStart = 0;
const plain = 1;
const quoted = 2;
const quoteInQuoted = 3;
const afterQuotes = 4;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A piece has few more rows than this, however short they are. */
const maxRows = 5000;
/** Bytes that are searched for rows at a time. */
const step = 16 * 1024;

/** Rows that were cut, in one buffer. */
export type CutRows = Omit<RowsPiece, "kind" | "table">;

/**
 * Cuts the bytes of a CSV into pieces of whole rows. Rows may end with any mix of LF, CRLF and CR; Papa Parse accepts only one kind of line
 * end per feed. The encoding must write quotes, line ends and the delimiter as ASCII bytes that occur in no other character, as UTF-8 and
 * all single-byte encodings do.
 */
export class PieceCutter {
  readonly #delimiter: number;
  readonly #size: number;
  #buffer: Buffer<ArrayBuffer>;
  #filled = 0;
  #scanned = 0;
  #rowStart = 0;
  #place: Place = cellStart;
  #hasStray = false;
  #skipLineFeed = false;
  /** Number of the first row in the buffer. */
  #first = 1;
  #extents: number[] = [];
  #strays: number[] = [];

  /** `size`: minimum size of a piece in bytes. */
  constructor(delimiter: string, size = pieceBytes) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#size = size;
    this.#buffer = this.#newBuffer(0);
  }

  /** Number of the incomplete row. */
  get rowNumber(): number {
    return this.#first + this.#extents.length / 2;
  }

  /** Bytes of the incomplete row. */
  get pendingLength(): number {
    return this.#filled - this.#rowStart;
  }

  /** Adds bytes. Yields the pieces that they complete. */
  *push(chunk: Uint8Array): Generator<CutRows> {
    for (let from = 0; from < chunk.length; ) {
      if (this.#filled === this.#buffer.length) this.#makeRoom();
      const taken = Math.min(chunk.length - from, this.#buffer.length - this.#filled, step);
      this.#buffer.set(chunk.subarray(from, from + taken), this.#filled);
      this.#filled += taken;
      from += taken;
      this.#scan();
      if (this.#rowStart >= this.#size || this.#extents.length >= 2 * maxRows) yield this.#take();
    }
  }

  /** Returns the complete rows so far. */
  take(): CutRows {
    return this.#take();
  }

  /** Ends the feed. Returns the last rows. */
  end(): CutRows {
    const isUnterminated = this.#place === quoted;
    if (this.#filled > this.#rowStart) this.#endRow(this.#filled);
    this.#rowStart = this.#filled;
    return { ...this.#take(), isUnterminated };
  }

  /** Finds the ends of rows in the bytes that were added. */
  #scan(): void {
    const buffer = this.#buffer;
    const end = this.#filled;
    const delimiter = this.#delimiter;
    let index = this.#scanned;
    if (this.#skipLineFeed && index < end) {
      this.#skipLineFeed = false;
      if (buffer[index] === lineFeed) this.#rowStart = ++index;
    }
    while (index < end) {
      if (this.#place === quoted) {
        const closing = buffer.indexOf(quote, index);
        if (closing === -1 || closing >= end) {
          index = end;
          break;
        }
        this.#place = quoteInQuoted;
        index = closing + 1;
        continue;
      }
      if (this.#place === plain || this.#place === afterQuotes) {
        index = endOfPlain(buffer, index, end, delimiter);
        if (index === end) break;
      }
      const byte = buffer[index] ?? 0;
      if (byte === lineFeed || byte === carriageReturn) {
        this.#endRow(index);
        index++;
        if (byte === carriageReturn) {
          if (index === end) this.#skipLineFeed = true;
          else if (buffer[index] === lineFeed) index++;
        }
        this.#rowStart = index;
        continue;
      }
      this.#step(byte);
      index++;
    }
    this.#scanned = index;
  }

  #step(byte: number): void {
    if (byte === this.#delimiter) this.#place = cellStart;
    else if (this.#place === cellStart) this.#place = byte === quote ? quoted : plain;
    else if (this.#place === quoteInQuoted) {
      if (byte === quote) this.#place = quoted;
      else {
        this.#place = afterQuotes;
        this.#hasStray = true;
      }
    }
  }

  #endRow(end: number): void {
    if (this.#hasStray) this.#strays.push(this.#extents.length / 2);
    this.#hasStray = false;
    this.#extents.push(this.#rowStart, end);
    this.#place = cellStart;
  }

  /** Takes the complete rows out of the buffer, and moves the incomplete one into a new buffer. */
  #take(): CutRows {
    const rest = this.#buffer.subarray(this.#rowStart, this.#filled);
    const rows: CutRows = {
      bytes: this.#buffer.subarray(0, this.#rowStart),
      extents: Uint32Array.from(this.#extents),
      first: this.#first,
      strays: this.#strays,
      isUnterminated: false,
    };
    this.#buffer = this.#newBuffer(rest.length);
    this.#buffer.set(rest);
    this.#first += this.#extents.length / 2;
    this.#scanned -= this.#rowStart;
    this.#filled = rest.length;
    this.#rowStart = 0;
    this.#extents = [];
    this.#strays = [];
    return rows;
  }

  #makeRoom(): void {
    const larger = Buffer.from(new ArrayBuffer(this.#buffer.length * 2));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }

  /** A buffer of its own memory, so that it can be sent to a thread. */
  #newBuffer(kept: number): Buffer<ArrayBuffer> {
    return Buffer.from(new ArrayBuffer(Math.max(this.#size + this.#size / 4, kept * 2)));
  }
}

/** Returns the end of a cell's plain text. Most of a feed without quotes is read here, so it is a tight loop. */
function endOfPlain(buffer: Uint8Array, from: number, end: number, delimiter: number): number {
  for (let index = from; index < end; index++) {
    const byte = buffer[index];
    if (byte === delimiter || byte === lineFeed || byte === carriageReturn) return index;
  }
  return end;
}
