import type { DecodeLimits } from "../decoded.ts";
import { formulaBelow, readLinkFormula } from "../link-formula.ts";
import { type CellRange, columnOf, isRow, lastColumn } from "./cell-ranges.ts";
import { type CellContext, type CellValue, cellValue } from "./cell-value.ts";
import type { OfficePackage } from "./open-package.ts";
import { isTrue, streamXml, type XmlEvents } from "./read-xml.ts";
import { TextRuns } from "./shared-strings.ts";
import type { SheetMarks } from "./sheet-marks.ts";

/** A cell with content. */
export interface SheetCell extends CellValue {
  /** From 1. */
  readonly column: number;
  /** Address of a HYPERLINK formula. */
  readonly link?: string;
  /** The formula, if its label was read because its result is not stored. */
  readonly readAsLink?: string;
  /** True if a merge repeats the cell from a row above. */
  readonly isRepeatedDown?: boolean;
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
  /** True if the spreadsheet does not show the row. */
  readonly isHidden?: boolean;
}

const mayBeLink = /HYPERLINK|LIEN_HYPERTEXTE/i;
/** Maximum number of shared formulas of links in a sheet. */
const maxSharedFormulas = 10_000;

/** Size of a cell in addition to its text, bytes. A character of the text counts as a byte. */
export const cellSize = 16;

/**
 * Streams the rows of a sheet, and notes its marks. Yields the rows before a damaged place, and then throws the error. A row or cell
 * without a reference follows the previous one.
 */
export async function* readRows(
  file: OfficePackage,
  part: string,
  context: CellContext,
  limits: DecodeLimits,
  marks: SheetMarks,
): AsyncGenerator<SheetRow[]> {
  const reader = new RowReader(part, context, limits.recordBytes, marks);
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
  readonly #marks: SheetMarks;
  #rows: SheetRow[] = [];
  #number = 0;
  #isHidden = false;
  #cells: SheetCell[] = [];
  #column = 0;
  #width = 0;
  #size = 0;
  #type = "n";
  #style = 0;
  #stored: string | null = null;
  #formula: string | null = null;
  #within: "v" | "f" | "is" | null = null;
  /** Number of the shared formula of the cell. */
  #shared: string | undefined;
  readonly #sharedFormulas = new Map<string, { readonly formula: string; readonly row: number }>();
  /** Formulas of links in the row, by column. */
  readonly #linkFormulas = new Map<number, string>();

  constructor(part: string, context: CellContext, maxSize: number, marks: SheetMarks) {
    this.#runs = new TextRuns(part);
    this.#marks = marks;
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
    else if (element === "row") this.#beginRow(attributes);
    else if (element === "col") this.#marks.readColumns(attributes);
    else if (element === "v" || element === "f" || element === "is") this.#within = element;
    if (this.#within === "v") this.#stored = "";
    if (this.#within === "f") this.#beginFormula(attributes);
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

  #beginRow({ r: reference, hidden }: Readonly<Record<string, string>>): void {
    const number = Number(reference);
    this.#isHidden = isTrue(hidden);
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
    this.#marks.noteColour(this.#number, this.#column, this.#context.colours[this.#style] ?? "");
    this.#stored = null;
    this.#formula = null;
    this.#shared = undefined;
  }

  #beginFormula({ t: type, si: position }: Readonly<Record<string, string>>): void {
    this.#formula = "";
    this.#shared = type === "shared" ? position : undefined;
  }

  #endCell(): void {
    const inline = this.#runs.take();
    if (this.#isTooLarge() || this.#column > lastColumn) return;
    const stored = { type: this.#type, style: this.#style, stored: this.#stored, inline, formula: this.#formula };
    const cell = cellValue(stored, this.#context);
    if (this.#formula !== null) this.#noteLinkFormula(this.#formula);
    if (cell.value === "" && cell.error === undefined && !this.#linkFormulas.has(this.#column)) return;
    this.#size += cellSize + (typeof cell.value === "string" ? cell.value.length : 0);
    this.#cells.push({ column: this.#column, ...cell });
  }

  /** Notes the formula of a link for the end of the row. A shared formula is written in its first cell only. */
  #noteLinkFormula(written: string): void {
    const shared = this.#shared;
    if (shared !== undefined && mayBeLink.test(written) && this.#sharedFormulas.size < maxSharedFormulas)
      this.#sharedFormulas.set(shared, { formula: written, row: this.#number });
    const first = shared === undefined || written !== "" ? undefined : this.#sharedFormulas.get(shared);
    const formula = first === undefined ? written : formulaBelow(first.formula, this.#number - first.row);
    if (mayBeLink.test(formula)) this.#linkFormulas.set(this.#column, formula);
  }

  /** Reads the formulas of links, which may refer to other cells of the row. */
  #readLinks(): void {
    const texts = new Map(this.#cells.map(({ column, value }) => [column, String(value)]));
    const textOf = (reference: string) =>
      Number(/\d+$/.exec(reference)?.[0]) === this.#number ? (texts.get(columnOf(reference) ?? 0) ?? null) : null;
    this.#cells = this.#cells.map((cell) => {
      const formula = this.#linkFormulas.get(cell.column);
      return formula === undefined ? cell : { column: cell.column, ...withLink(cell, formula, textOf) };
    });
    this.#linkFormulas.clear();
  }

  #endRow(): void {
    if (this.#linkFormulas.size > 0) this.#readLinks();
    const row = { number: this.#number, cells: this.#cells, width: this.#width, size: this.#size, isTooLarge: this.#isTooLarge() };
    this.#rows.push(this.#isHidden ? { ...row, isHidden: true } : row);
    this.#cells = [];
  }

  #isTooLarge(): boolean {
    return this.#size > this.#maxSize;
  }
}

/**
 * Returns a cell with the address of its HYPERLINK formula. Reads the label if the program that wrote the file stored no result, or 0.
 * `textOf` returns the text of another cell by its reference, or null.
 */
export function withLink(
  cell: CellValue,
  formula: string | null,
  textOf?: (reference: string) => string | null,
): Omit<SheetCell, "column"> {
  const found = formula === null ? null : readLinkFormula(formula, textOf);
  if (found === null) return cell;
  const { target, label } = found;
  const link = target === null ? {} : { link: target };
  if (label === null || (cell.value !== "" && cell.value !== 0)) return { ...cell, ...link };
  return { value: label, ...link, readAsLink: `=${formula}` };
}
