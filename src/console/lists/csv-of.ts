import { harmlessCell } from "../../publish/exports/harmless-cell.ts";
import type { Column } from "./list.ts";

/** Yields a table as CSV for French Excel: UTF-8 with BOM, `;` between cells. */
export async function* csvOf<Row>(columns: readonly Column<Row>[], pages: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  yield `\ufeff${columns.map(({ title }) => cell(title)).join(";")}\r\n`;
  for await (const rows of pages) yield rows.map((row) => `${columns.map(({ text }) => cell(text(row))).join(";")}\r\n`).join("");
}

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value).replace(".", ",");
  const text = harmlessCell(value);
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
