import Papa from "papaparse";
import { RunFailed } from "../../../model/run/run-error.ts";

/** A row of the feed, without its line end. */
export interface RawRow {
  /** From 1, as in a spreadsheet: blank rows count, and a row with quoted line breaks counts once. */
  readonly number: number;
  readonly text: string;
  /** True if some of its bytes are invalid in the feed's encoding. */
  readonly repaired: boolean;
  /** True if the feed ends inside quotes of this row. */
  readonly unterminated: boolean;
}

type Place = "cell start" | "plain" | "quoted" | "quote in quoted" | "after quotes";

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits CSV text into rows. The text may arrive in any pieces and mix LF, CRLF and CR; Papa Parse accepts only one kind of line end per
 * feed. Rewrites the cell `"a"b` as `"ab"`, which is its value in Excel. Papa Parse would read it up to a later quote.
 */
export class RowCutter {
  readonly #delimiter: number;
  #text = "";
  #place: Place = "cell start";
  #number = 1;
  #repaired = false;
  #skipLineFeed = false;
  /** Closing quotes with text after them, and the end of this text. */
  #strays: { closingQuote: number; end: number }[] = [];

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Characters of the incomplete row. */
  get pendingLength(): number {
    return this.#text.length;
  }

  /** Number of the incomplete row. */
  get rowNumber(): number {
    return this.#number;
  }

  /** Adds text and returns the rows that it completes. */
  push(piece: string, repaired = false): RawRow[] {
    const rows: RawRow[] = [];
    let index = this.#text.length;
    let text = this.#text + piece;
    if (this.#skipLineFeed && piece.length > 0) {
      this.#skipLineFeed = false;
      if (text.charCodeAt(0) === lineFeed) text = text.slice(1);
    }
    this.#repaired ||= repaired;
    let rowStart = 0;
    while (index < text.length) {
      if (this.#place === "quoted") {
        const closing = text.indexOf('"', index);
        if (closing === -1) break;
        this.#place = "quote in quoted";
        index = closing + 1;
        continue;
      }
      if (this.#place === "plain") {
        index = this.#endOfPlain(text, index);
        if (index === text.length) break;
      }
      const code = text.charCodeAt(index);
      if (code === lineFeed || code === carriageReturn) {
        rows.push(this.#row(text.slice(rowStart, index), index - rowStart));
        index++;
        if (code === carriageReturn) {
          if (index === text.length) this.#skipLineFeed = true;
          else if (text.charCodeAt(index) === lineFeed) index++;
        }
        rowStart = index;
        this.#repaired = repaired && index < text.length;
        continue;
      }
      this.#step(code, index - rowStart);
      index++;
    }
    this.#text = text.slice(rowStart);
    return rows;
  }

  /** Returns the last row if it has no line end. */
  end(): RawRow[] {
    if (this.#text === "") return [];
    const unterminated = this.#place === "quoted";
    const last = this.#row(this.#text, this.#text.length);
    this.#text = "";
    return [{ ...last, unterminated }];
  }

  /** Returns the end of a cell's unquoted text. Most of a feed is read in this loop, so it must be fast. */
  #endOfPlain(text: string, from: number): number {
    const delimiter = this.#delimiter;
    for (let index = from; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === delimiter || code === lineFeed || code === carriageReturn) return index;
    }
    return text.length;
  }

  #step(code: number, index: number): void {
    if (code === this.#delimiter) {
      this.#endStray(index);
      this.#place = "cell start";
    } else if (this.#place === "cell start") {
      this.#place = code === quote ? "quoted" : "plain";
    } else if (this.#place === "quote in quoted") {
      if (code === quote) this.#place = "quoted";
      else {
        this.#place = "after quotes";
        this.#strays.push({ closingQuote: index - 1, end: index });
      }
    }
  }

  #endStray(index: number): void {
    const stray = this.#strays.at(-1);
    if (this.#place === "after quotes" && stray !== undefined) stray.end = index;
  }

  #row(text: string, length: number): RawRow {
    this.#endStray(length);
    const row = { number: this.#number, text: rewriteStrayQuotes(text, this.#strays), repaired: this.#repaired, unterminated: false };
    this.#number++;
    this.#place = "cell start";
    this.#strays = [];
    return row;
  }
}

/** Rewrites `"a"b "c"` as `"ab ""c"""`. */
function rewriteStrayQuotes(text: string, strays: readonly { closingQuote: number; end: number }[]): string {
  let whole = text;
  for (const { closingQuote, end } of strays.toReversed()) {
    const tail = whole.slice(closingQuote + 1, end).replaceAll('"', '""');
    whole = `${whole.slice(0, closingQuote)}${tail}"${whole.slice(end)}`;
  }
  return whole;
}

/** Reads the cells of rows, which must be complete and not empty, as texts. */
export function readCells(rows: readonly RawRow[], delimiter: string): string[][] {
  const text = rows.map((row) => row.text).join("\n");
  const { data } = Papa.parse<string[]>(text, { delimiter, newline: "\n", quoteChar: '"', escapeChar: '"' });
  if (data.length !== rows.length) throw new RunFailed("internal", { where: `row ${rows[0]?.number ?? 0}` });
  return data;
}
