import { byteOrderMark, frenchCsvLine } from "../../publish/exports/french-csv.ts";
import type { Column } from "./list.ts";

/** Yields a table as CSV for French Excel. */
export async function* csvOf<Row>(columns: readonly Column<Row>[], pages: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  yield `${byteOrderMark}${frenchCsvLine(columns.map(({ title }) => title))}`;
  for await (const rows of pages) yield rows.map((row) => frenchCsvLine(columns.map(({ text }) => text(row)))).join("");
}
