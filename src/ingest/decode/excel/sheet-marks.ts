import { lastColumn } from "./cell-ranges.ts";
import { isTrue } from "./read-xml.ts";

/** From this number of colours in one column on, counting no colour as one, they may mean something. Two are the stripes of a table. */
const manyColours = 3;

/** What a sheet shows besides its values: hidden columns, and colours below the header. Notes them while the rows are read. */
export class SheetMarks {
  readonly #hidden: (readonly [first: number, last: number])[] = [];
  /** Colours by column, until a column has many. */
  readonly #colours = new Map<number, Set<string>>();
  #hasManyColours = false;

  constructor(private readonly lastHeaderRow: number) {}

  /** True if the cells of one column have many colours. */
  get hasManyColours(): boolean {
    return this.#hasManyColours;
  }

  isHiddenColumn(column: number): boolean {
    return this.#hidden.some(([first, last]) => first <= column && column <= last);
  }

  /** Reads the attributes of a `col` element. */
  readColumns({ min, max, hidden }: Readonly<Record<string, string>>): void {
    if (isTrue(hidden) && this.#hidden.length < lastColumn) this.#hidden.push([Number(min), Number(max)]);
  }

  /** Notes the background colour of a cell; empty for none. */
  noteColour(row: number, column: number, colour: string): void {
    if (this.#hasManyColours || row <= this.lastHeaderRow || column > lastColumn) return;
    const colours = this.#colours.get(column);
    if (colours === undefined) this.#colours.set(column, new Set([colour]));
    else if (!colours.has(colour)) this.#hasManyColours = colours.add(colour).size >= manyColours;
  }
}
