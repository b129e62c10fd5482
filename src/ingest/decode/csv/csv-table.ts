import type { RowKind } from "../../../kit/definition.ts";
import { type Issue, type IssueParams, issue } from "../../../model/issue.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { Decoded } from "../decoded.ts";
import type { TableHead } from "../piece.ts";
import { leftOutCodes, rowKindOf } from "../row-kind.ts";
import type { RawRow } from "./raw-row.ts";

/** Maximum number of columns in Excel. A table with more is an attack. */
const maxColumns = 16_384;

/** Converts rows of cells to records. The header is the first row from `headerRow` on with a filled cell. Earlier rows are ignored. */
export class CsvTable {
  readonly #headerRow: number;
  readonly #page: string;
  readonly #leaveOut: readonly RowKind[] | null;
  #columns: readonly CsvColumn[] | null = null;
  #titles: readonly string[] = [];
  /** Minimum number of cells in a row: the number of the last column with a title. */
  #minCells = 0;
  readonly #unnamedSeen = new Set<string>();
  #signature: string | undefined;

  constructor({ headerRow, page, leaveOut }: Pick<TableHead, "headerRow" | "page" | "leaveOut">) {
    this.#headerRow = headerRow;
    this.#page = page;
    this.#leaveOut = leaveOut ?? null;
  }

  /** True if the header row was read. */
  get hasHeader(): boolean {
    return this.#columns !== null;
  }

  /** The titles as one text. It is part of the text of a row for the memory, because other titles make another record. */
  get signature(): string {
    this.#signature ??= this.#titles.join("\u001f");
    return this.#signature;
  }

  /** Reports unnamed columns again from the next row on. */
  forgetUnnamedColumns(): void {
    this.#unnamedSeen.clear();
  }

  /** Returns a record, a broken record, or fields and issues of the feed. Returns an empty list for a blank row. */
  read(row: RawRow, cells: readonly string[]): Decoded[] {
    if (row.number < this.#headerRow || cells.every(isBlank)) return [];
    if (this.#columns === null) return this.#readHeader(row, cells);
    const locator = `${this.#page}row ${row.number}`;
    if (this.#isHeaderAgain(cells)) return [{ kind: "issue", issue: issue("decode", "repeated-header", { locator }) }];
    const surplus = cells.slice(this.#columns.length).find((cell) => !isBlank(cell));
    if (surplus !== undefined) {
      const params = { found: cells.length, expected: this.#columns.length };
      return [{ kind: "broken", locator, raw: row.text, issue: issue("decode", "too-many-cells", { locator, value: surplus, params }) }];
    }
    const kind = this.#leaveOut === null ? null : kindOf(cells, this.#titles.length);
    if (kind !== null && this.#leaveOut?.includes(kind))
      return [{ kind: "issue", issue: issue("decode", leftOutCodes[kind], { locator, value: row.text }) }];
    return [...this.#newUnnamedColumns(this.#columns, cells), this.#record(row, cells, locator, this.#columns)];
  }

  #readHeader(row: RawRow, cells: readonly string[]): Decoded[] {
    if (cells.length > maxColumns)
      throw new FeedUnreadable("too-large", { at: `${this.#page}row ${row.number}`, limitColumns: maxColumns });
    const columns = csvColumns(cells);
    this.#columns = columns;
    this.#titles = cells.map(trimmedTitle);
    this.#minCells = columns.findLastIndex((column) => column.titled) + 1;
    const names = columns.filter((column) => column.titled).map((column) => column.key);
    const repeated = columns.filter((column) => column.duplicateOf !== null);
    return [
      { kind: "fields", names },
      ...repeated.map((column) => feedIssue("duplicate-column", column.key, { title: column.duplicateOf ?? "" })),
    ];
  }

  #record(row: RawRow, cells: readonly string[], locator: string, columns: readonly CsvColumn[]): Decoded {
    const values: Record<string, string> = {};
    let index = 0;
    for (const column of columns) {
      const cell = cells[index++] ?? "";
      if (column.titled || !isBlank(cell)) values[column.key] = cell;
    }
    const issues: Issue[] = [];
    if (cells.length < this.#minCells) {
      issues.push(issue("decode", "too-few-cells", { locator, params: { found: cells.length, expected: this.#minCells } }));
    }
    if (row.repaired) issues.push(issue("decode", "wrong-encoding", { locator }));
    return issues.length > 0 ? { kind: "record", locator, values, issues } : { kind: "record", locator, values };
  }

  #newUnnamedColumns(columns: readonly CsvColumn[], cells: readonly string[]): Decoded[] {
    if (this.#minCells === columns.length && columns.every((column) => column.titled)) return [];
    const found: Decoded[] = [];
    for (const [index, column] of columns.entries()) {
      if (column.titled || isBlank(cells[index] ?? "") || this.#unnamedSeen.has(column.key)) continue;
      this.#unnamedSeen.add(column.key);
      found.push(feedIssue("unnamed-column", column.key, { column: index + 1 }));
    }
    return found;
  }

  #isHeaderAgain(cells: readonly string[]): boolean {
    // In a table with one column, a value may equal the title by chance.
    if (this.#titles.length < 2 || trimmedTitle(cells[0] ?? "") !== this.#titles[0]) return false;
    const width = Math.max(cells.length, this.#titles.length);
    for (let index = 0; index < width; index++) {
      if (trimmedTitle(cells[index] ?? "") !== (this.#titles[index] ?? "")) return false;
    }
    return true;
  }
}

function kindOf(cells: readonly string[], columns: number): RowKind | null {
  return rowKindOf({ filled: cells.filter((cell) => !isBlank(cell)), startsBlank: isBlank(cells[0] ?? ""), columns });
}

function feedIssue(code: "duplicate-column" | "unnamed-column", field: string, params: IssueParams): Decoded {
  return { kind: "issue", issue: issue("decode", code, { field, params }) };
}

function isBlank(cell: string): boolean {
  return cell === "" || cell.trim() === "";
}

interface CsvColumn {
  /** Key of the column's values in a record. */
  readonly key: string;
  /** False if the column has no title. Its key is then `column N`. */
  readonly titled: boolean;
  /** The title, if an earlier column has the same title. */
  readonly duplicateOf: string | null;
}

/**
 * Returns the columns of a header with unique keys: the trimmed title, `title (2)` for a repeated title, or `column N` (from 1) for a
 * column without a title.
 */
function csvColumns(header: readonly string[]): CsvColumn[] {
  const titles = header.map(trimmedTitle);
  const taken = new Set(titles);
  /** Title -> number of its last use. */
  const numbers = new Map<string, number>();
  return titles.map((title, index) => {
    if (title === "") return { key: uniqueKey(taken, `column ${index + 1}`), titled: false, duplicateOf: null };
    let number = (numbers.get(title) ?? 0) + 1;
    while (number > 1 && taken.has(`${title} (${number})`)) number++;
    numbers.set(title, number);
    if (number === 1) return { key: title, titled: true, duplicateOf: null };
    return { key: uniqueKey(taken, `${title} (${number})`), titled: true, duplicateOf: title };
  });
}

/** Returns a title without outer blanks and byte order marks (`trim` removes both). `__proto__` cannot be a key, so it counts as empty. */
function trimmedTitle(cell: string): string {
  const title = cell.trim();
  return title === "__proto__" ? "" : title;
}

function uniqueKey(taken: Set<string>, key: string): string {
  let free = key;
  for (let number = 2; taken.has(free); number++) free = `${key} (${number})`;
  taken.add(free);
  return free;
}
