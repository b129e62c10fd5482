import { isUtf8 } from "node:buffer";
import { issue } from "../../../model/issue.ts";
import type { Decoded, RecordMemory } from "../decoded.ts";
import { mayHaveLinkFormula } from "../link-formula.ts";
import type { RowsPiece } from "../piece.ts";
import { decodeBytes } from "../text/decode-bytes.ts";
import { isWrittenAsUtf8 } from "../text/read-text.ts";
import { repairDecoded } from "../text/repair-decoded.ts";
import { isSuspect } from "../text/repair-text.ts";
import { repairUtf8 } from "../text/utf8.ts";
import { CsvTable } from "./csv-table.ts";
import { type RawRow, readCells, rewriteStrayQuotes } from "./raw-row.ts";

/** Decodes pieces of CSV tables, in any order. */
export class RowDecoder {
  readonly #tables = new Map<string, CsvTable>();

  /**
   * Returns the records of a piece: title -> text, repaired by `repairDecoded`. Rows that the memory knows are not decoded. A blank row or a
   * repeated header is no record. A row is broken if it has filled cells beyond the header, or if the feed ends inside its quotes. An
   * `unnamed-column` is reported once a piece.
   */
  decode(piece: RowsPiece, memory?: RecordMemory): Decoded[] {
    const table = this.#tableOf(piece);
    table.forgetUnnamedColumns();
    const { page, delimiter } = piece.table;
    const texts = new RowTexts(piece);
    const unknown: RawRow[] = [];
    /** One result for each row, in order. A row is a placeholder for its records, which are decoded below. */
    const results: (RawRow | Decoded)[] = [];
    const digests = new Map<RawRow, Uint8Array>();
    for (let index = 0; index < texts.count; index++) {
      const number = piece.first + index;
      const digest = memory?.digestOf(texts.bytes(index), table.signature);
      const stored = digest === undefined ? -1 : (memory?.find(digest) ?? -1);
      if (digest !== undefined && stored >= 0) {
        results.push({ kind: "known", locator: `${page}row ${number}`, stored, digest, raw: () => texts.row(index).text });
        continue;
      }
      const row = texts.row(index);
      if (row.text === "") continue;
      results.push(row.unterminated ? unterminatedRow(row, page) : row);
      if (row.unterminated) continue;
      unknown.push(row);
      if (digest !== undefined) digests.set(row, digest);
    }
    const cells = readCells(unknown, delimiter);
    const hasSuspectHeader = isSuspect(piece.table.header?.text ?? "");
    const decoded: Decoded[] = [];
    let read = 0;
    for (const result of results) {
      if ("kind" in result) decoded.push(result);
      else {
        const digest = digests.get(result);
        // One search through a row is faster than one through each of its texts.
        const needsRepair = hasSuspectHeader || isSuspect(result.text) || mayHaveLinkFormula(result.text);
        for (const item of table.read(result, cells[read++] ?? [])) {
          const found = needsRepair ? repairDecoded(item) : item;
          decoded.push(found.kind === "record" && digest !== undefined ? { ...found, digest } : found);
        }
      }
    }
    return decoded;
  }

  #tableOf({ table: head }: RowsPiece): CsvTable {
    const { page, header, delimiter } = head;
    const known = this.#tables.get(page);
    if (known !== undefined) return known;
    const table = new CsvTable(head);
    if (header !== null) {
      const row = { ...header, repaired: false, unterminated: false };
      table.read(row, readCells([row], delimiter)[0] ?? []);
    }
    this.#tables.set(page, table);
    return table;
  }
}

/** The texts of the rows of a piece, decoded one by one. */
export class RowTexts {
  readonly count: number;
  readonly #bytes: Buffer;
  readonly #isValidUtf8: boolean;
  readonly #strays: ReadonlySet<number>;

  constructor(private readonly piece: RowsPiece) {
    this.count = piece.extents.length / 2;
    const { bytes } = piece;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { encoding } = piece.table;
    this.#isValidUtf8 = isWrittenAsUtf8(encoding) && isUtf8(bytes);
    this.#strays = new Set(piece.strays);
  }

  *[Symbol.iterator](): Generator<RawRow> {
    for (let index = 0; index < this.count; index++) yield this.row(index);
  }

  bytes(index: number): Buffer {
    const { extents } = this.piece;
    return this.#bytes.subarray(extents[2 * index], extents[2 * index + 1]);
  }

  row(index: number): RawRow {
    const { first, isUnterminated, table } = this.piece;
    const { text, repaired } = this.#text(index);
    const row = { number: first + index, text, repaired, unterminated: isUnterminated && index === this.count - 1 };
    if (!this.#strays.has(index)) return row;
    return { ...row, text: rewriteStrayQuotes(text, table.delimiter) };
  }

  #text(index: number): { text: string; repaired: boolean } {
    const { extents, table } = this.piece;
    if (!isWrittenAsUtf8(table.encoding)) return marked(decodeBytes(this.bytes(index), table.encoding));
    if (this.#isValidUtf8) {
      const text = this.#bytes.toString("utf8", extents[2 * index], extents[2 * index + 1]);
      return table.encoding === "utf-8" ? { text, repaired: false } : marked(text);
    }
    const pieces = repairUtf8(this.bytes(index));
    return { text: pieces.map(({ text }) => text).join(""), repaired: pieces.some(({ repaired }) => repaired) };
  }
}

/** Marks a text in which the decoder has replaced invalid bytes. */
function marked(text: string): { text: string; repaired: boolean } {
  return { text, repaired: text.includes("\uFFFD") };
}

/** Returns the broken record of a row that ends inside its quotes. */
export function unterminatedRow(row: RawRow, page: string): Decoded {
  const locator = `${page}row ${row.number}`;
  return { kind: "broken", locator, raw: row.text, issue: issue("decode", "broken-record", { locator, value: row.text }) };
}
