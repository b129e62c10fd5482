import type { DecodeLimits } from "../decoded.ts";
import { readLinkFormula } from "../link-formula.ts";
import { type CellRange, columnOf, isRow, lastColumn } from "./cell-ranges.ts";
import { type CellContext, type CellValue, cellValue } from "./cell-value.ts";
import type { OfficePackage } from "./open-package.ts";
import { streamXml, type XmlEvents } from "./read-xml.ts";
import { TextRuns } from "./shared-strings.ts";

/** A cell with content. */
export interface SheetCell extends CellValue {
  /** From 1. */
  readonly column: number;
  /** Address of a HYPERLINK formula. */
  readonly link?: string;
  /** The formula, if its label was read because its result is not stored. */
  readonly readAsLink?: string;
}

/** A row of a sheet. */
export interface SheetRow {
  /** Number from 1, as shown in the spreadsheet. */
  readonly number: number;
  /** Cells with content, in the order of the sheet. */
  readonly cells: readonly SheetCell[];
  /** Last column with a cell, including empty cells with a style. */
  readonly width: number;
  /** Size of the content: characters, plus `cellSize` per cell. */
  readonly size: number;
  /** True if the row exceeds the maximum size of a record. The remaining cells are then missing. */
  readonly isTooLarge: boolean;
  /** Merges that begin in this row, if the file declares them there. */
  readonly merges?: readonly CellRange[];
}

/** Size of a cell in addition to its text, bytes. A character of the text counts as a byte. */
export const cellSize = 16;

/**
 * Streams the rows of a sheet. Yields the rows before a damaged place, and then throws the error. A row or cell without a reference follows
 * the previous one.
 */
export async function* readRows(file: OfficePackage, part: string, context: CellContext, limits: DecodeLimits): AsyncGenerator<SheetRow[]> {
  const reader = new RowReader(part, context, limits.recordBytes);
  try {
    for await (const _ of streamXml(file.read(part, limits.decompressedBytes), part, reader)) {
      const rows = reader.take();
      if (rows.length > 0) yield rows;
    }
  } catch (error) {
    yield reader.take();
    throw error;
  }
}

class RowReader implements XmlEvents {
  readonly #context: CellContext;
  readonly #maxSize: number;
  readonly #runs: TextRuns;
  #rows: SheetRow[] = [];
  #number = 0;
  #cells: SheetCell[] = [];
  #column = 0;
  #width = 0;
  #size = 0;
  #type = "n";
  #style = 0;
  #stored: string | null = null;
  #formula: string | null = null;
  #within: "v" | "f" | "is" | null = null;

  constructor(part: string, context: CellContext, maxSize: number) {
    this.#runs = new TextRuns(part);
    this.#context = context;
    this.#maxSize = maxSize;
  }

  /** Returns the rows completed since the last call. */
  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(element: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#within === "is") this.#runs.open(element);
    else if (element === "c") this.#beginCell(attributes);
    else if (element === "row") this.#beginRow(attributes.r);
    else if (element === "v" || element === "f" || element === "is") this.#within = element;
    if (this.#within === "v") this.#stored = "";
    if (this.#within === "f") this.#formula = "";
  }

  text(text: string): void {
    if (this.#within === "v") this.#stored += text;
    else if (this.#within === "f") this.#formula += text;
    else if (this.#within === "is") this.#runs.text(text);
  }

  close(element: string): void {
    if (element === this.#within) this.#within = null;
    else if (this.#within === "is") this.#runs.close(element);
    else if (element === "c") this.#endCell();
    else if (element === "row") this.#endRow();
  }

  #beginRow(reference: string | undefined): void {
    const number = Number(reference);
    this.#number = reference !== undefined && isRow(number) ? number : this.#number + 1;
    this.#cells = [];
    this.#column = 0;
    this.#width = 0;
    this.#size = 0;
  }

  #beginCell({ r: reference, t: type = "n", s: style }: Readonly<Record<string, string>>): void {
    this.#column = (reference === undefined ? null : columnOf(reference)) ?? this.#column + 1;
    this.#width = Math.max(this.#width, this.#column);
    this.#type = type;
    this.#style = style === undefined ? 0 : Number(style);
    this.#stored = null;
    this.#formula = null;
  }

  #endCell(): void {
    const inline = this.#runs.take();
    if (this.#isTooLarge() || this.#column > lastColumn) return;
    const stored = { type: this.#type, style: this.#style, stored: this.#stored, inline, formula: this.#formula };
    const cell = withLink(cellValue(stored, this.#context), this.#formula);
    if (cell.value === "" && cell.error === undefined) return;
    this.#size += cellSize + (typeof cell.value === "string" ? cell.value.length : 0);
    this.#cells.push({ column: this.#column, ...cell });
  }

  #endRow(): void {
    this.#rows.push({ number: this.#number, cells: this.#cells, width: this.#width, size: this.#size, isTooLarge: this.#isTooLarge() });
    this.#cells = [];
  }

  #isTooLarge(): boolean {
    return this.#size > this.#maxSize;
  }
}

/** Returns a cell with the address of its HYPERLINK formula. Reads the label if the program that wrote the file stored no result, or 0. */
export function withLink(cell: CellValue, formula: string | null): Omit<SheetCell, "column"> {
  const found = formula === null ? null : readLinkFormula(formula);
  if (found === null) return cell;
  const { target: link, label } = found;
  if (label === null || (cell.value !== "" && cell.value !== 0)) return { ...cell, link };
  return { value: label, link, readAsLink: `=${formula}` };
}
