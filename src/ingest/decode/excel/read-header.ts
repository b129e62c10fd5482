import type { SheetCell } from "./read-rows.ts";

/** The columns of a sheet, as its header row defines them. */
export interface Header {
  /** Keys of columns with a title, by column from 1. */
  readonly titles: ReadonlyMap<number, string>;
  /** Keys of columns without a title (`column 4`), by column, up to `width`. */
  readonly untitled: ReadonlyMap<number, string>;
  /** Last column of the header row, including empty cells with a style. Cells beyond this column are surplus. */
  readonly width: number;
  /** Columns whose title is that of an earlier column. */
  readonly duplicates: readonly { readonly column: number; readonly title: string; readonly readAs: string }[];
}

/** Reads the header row. Keys are trimmed titles in one line; a repeated title becomes `title (2)`. */
export function readHeader(cells: readonly SheetCell[], width: number): Header {
  const titles = new Map<number, string>();
  const taken = new Set(cells.map(titleOf));
  const seen = new Map<string, number>();
  const duplicates: { column: number; title: string; readAs: string }[] = [];
  for (const cell of cells.toSorted((one, other) => one.column - other.column)) {
    const title = titleOf(cell);
    if (title === "" || titles.has(cell.column)) continue;
    let number = (seen.get(title) ?? 0) + 1;
    while (number > 1 && taken.has(numbered(title, number))) number++;
    const readAs = numbered(title, number);
    if (number > 1) duplicates.push({ column: cell.column, title, readAs });
    seen.set(title, number);
    taken.add(readAs);
    titles.set(cell.column, readAs);
  }
  const lastColumn = Math.max(width, ...titles.keys());
  const untitled = new Map<number, string>();
  for (let column = 1; column <= lastColumn; column++) {
    if (!titles.has(column)) untitled.set(column, firstFree(`column ${column}`, taken));
  }
  return { titles, untitled, width: lastColumn, duplicates };
}

/** A title that is only a unit, written below the title that it belongs to. */
const unit = /^\(?(?:[km]?€(?: (?:HT|TTC))?|euros?|%|HT|TTC|jours?|mois|ans|ann[ée]es?|jj\/mm\/aaaa)\)?$/i;

/**
 * Joins the cells of several header rows, from the first to the last: `Montant > min`, or `Montant (€)` if the lower title is only a unit.
 * A title that is repeated down a merge counts once.
 */
export function joinHeaderRows(rows: readonly (readonly SheetCell[])[]): SheetCell[] {
  const titles = new Map<number, string[]>();
  for (const cell of rows.flat()) {
    const above = titles.get(cell.column) ?? [];
    const title = titleOf(cell);
    if (title !== "" && above.at(-1) !== title) titles.set(cell.column, [...above, title]);
  }
  return Array.from(titles, ([column, parts]) => ({ column, value: parts.reduce(joinTitles) }));
}

function joinTitles(upper: string, lower: string): string {
  return unit.test(lower) ? `${upper} (${lower.replace(/^\(|\)$/g, "")})` : `${upper} > ${lower}`;
}

/** Returns the title in a header cell. `__proto__` cannot be a key, so it counts as empty. */
export function titleOf(cell: SheetCell): string {
  const title = String(cell.value)
    .replace(/\s*[\r\n]+\s*/g, " ")
    .trim();
  return title === "__proto__" ? "" : title;
}

function firstFree(title: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(numbered(title, number))) number++;
  return numbered(title, number);
}

function numbered(title: string, number: number): string {
  return number === 1 ? title : `${title} (${number})`;
}
