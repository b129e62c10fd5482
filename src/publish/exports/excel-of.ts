import { PassThrough } from "node:stream";
import ExcelJS from "exceljs";
import { withoutForbiddenXml } from "../../model/text/xml-text.ts";
import { harmlessCell } from "./french-csv.ts";

/** Maximum number of characters in an Excel cell. */
const maxCellLength = 32_767;

/** A column of a workbook. */
export interface ExcelColumn<Row> {
  readonly title: string;
  readonly text: (row: Row) => string | number | null;
  readonly isNumber?: boolean;
}

/**
 * Sets what screen readers say about a workbook: its title and language, and the headers of the cells of a sheet, which are in its first
 * row. NVDA and JAWS look for a cell of this name.
 */
export function describeWorkbook(workbook: ExcelJS.Workbook | ExcelJS.stream.xlsx.WorkbookWriter, title: string, sheet: string): void {
  Object.assign(workbook, { title, language: "fr-FR", creator: "Moisson", lastModifiedBy: "Moisson" });
  workbook.definedNames.add(`'${sheet}'!$A$1`, "ColumnTitle");
}

/** Writes rows as a workbook with one sheet, as a stream. No cell is a formula. */
export async function* excelOf<Row>(
  title: string,
  columns: readonly ExcelColumn<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Uint8Array> {
  const stream = new PassThrough();
  const writing = write(stream, title, columns, pages).catch((error: unknown) =>
    stream.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  yield* stream as AsyncIterable<Uint8Array>;
  await writing;
}

async function write<Row>(
  stream: PassThrough,
  title: string,
  columns: readonly ExcelColumn<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
  // Excel refuses some characters in a sheet's name, and more than 31.
  const name = withoutForbiddenXml(title)
    .replace(/[\\/?*[\]:']/g, " ")
    .slice(0, 31);
  const sheet = workbook.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
  describeWorkbook(workbook, withoutForbiddenXml(title), name);
  sheet.columns = columns.map(({ title: header, isNumber }) => ({
    header,
    width: Math.max(isNumber === true ? 12 : 32, header.length + 2),
  }));
  sheet.getRow(1).font = { bold: true };
  for await (const rows of pages) {
    for (const row of rows) sheet.addRow(columns.map(({ text }) => cell(text(row)))).commit();
    // Wait for room before writing more.
    if (stream.writableNeedDrain) await new Promise((resolve) => stream.once("drain", resolve));
  }
  sheet.commit();
  await workbook.commit();
}

function cell(value: string | number | null): string | number | null {
  return typeof value === "string" ? harmlessCell(withoutForbiddenXml(value)).slice(0, maxCellLength) : value;
}
