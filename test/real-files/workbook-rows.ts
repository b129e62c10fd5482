import ExcelJS from "exceljs";
import type { DecodeOptions } from "../../src/kit/definition.ts";
import type { Row } from "./feed-rows.ts";

/** The records of a workbook, which can be changed and written again. */
export interface WorkbookRows {
  readonly rows: readonly Row[];
  write(rows: readonly Row[]): Promise<Buffer>;
}

/** Reads the records of a sheet, with the values of its cells as exceljs gives them. */
export async function workbookRows(bytes: Buffer, decode: Extract<DecodeOptions, { format: "excel" }>): Promise<WorkbookRows> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  const sheets = workbook.worksheets.filter(({ state }) => state === "visible");
  const [first = 1] = [decode.sheet].flat();
  const sheet = typeof first === "number" ? sheets[first - 1] : workbook.getWorksheet(first);
  if (sheet === undefined) throw new Error("no such sheet");
  const firstRow = decode.headerRow + decode.skipRows + 1;
  const titles = (sheet.getRow(decode.headerRow).values as unknown[]).map((title) => (title === undefined ? "" : String(textOf(title))));
  const rows: Row[] = [];
  for (let number = firstRow; number <= sheet.rowCount; number++) {
    const values = sheet.getRow(number).values as unknown[];
    if (values.some((value) => value !== undefined && value !== null))
      rows.push(Object.fromEntries(titles.flatMap((title, column) => (title === "" ? [] : [[title, textOf(values[column])]]))));
  }
  const head = Array.from({ length: firstRow - 1 }, (_, index) => sheet.getRow(index + 1).values as unknown[]);
  return {
    rows,
    async write(changed) {
      const written = new ExcelJS.Workbook();
      const copy = written.addWorksheet(sheet.name);
      for (const [index, values] of head.entries()) copy.getRow(index + 1).values = values as ExcelJS.CellValue[];
      const columns = [...titles.filter((title) => title !== "")];
      for (const key of new Set(changed.flatMap((row) => Object.keys(row)))) if (!columns.includes(key)) columns.push(key);
      const places = columns.map((title) => (titles.includes(title) ? titles.indexOf(title) : titles.length + columns.indexOf(title)));
      for (const [index, place] of places.entries()) copy.getRow(decode.headerRow).getCell(place).value = columns[index] ?? "";
      for (const [number, row] of changed.entries())
        for (const [index, place] of places.entries())
          copy.getRow(firstRow + number).getCell(place).value = (row[columns[index] ?? ""] ?? null) as ExcelJS.CellValue;
      return Buffer.from(await written.xlsx.writeBuffer());
    },
  };
}

/** Returns the text of rich texts, links and formulas, and other values unchanged. */
function textOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if ("richText" in value) return (value.richText as { text: string }[]).map(({ text }) => text).join("");
  if ("text" in value) return textOf(value.text);
  if ("result" in value) return value.result;
  return null;
}
