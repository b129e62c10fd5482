import ExcelJS from "exceljs";
import { defaultDecodeLimits } from "../../../../src/ingest/decode/decoded.ts";
import { readCellStyles } from "../../../../src/ingest/decode/excel/cell-styles.ts";
import { openPackage } from "../../../../src/ingest/decode/excel/open-package.ts";
import { readRanges } from "../../../../src/ingest/decode/excel/read-ranges.ts";
import { readRows } from "../../../../src/ingest/decode/excel/read-rows.ts";
import { readWorkbook } from "../../../../src/ingest/decode/excel/read-workbook.ts";
import { MergedCells } from "../../../../src/ingest/decode/excel/row-records.ts";
import { readSharedStrings } from "../../../../src/ingest/decode/excel/shared-strings.ts";
import { SheetMarks } from "../../../../src/ingest/decode/excel/sheet-marks.ts";
import { partOf } from "./decode-workbook.ts";

/** Cells as text by `sheet!row:column`; errors and formulas without a result are a word. */
export type CellTexts = ReadonlyMap<string, string>;

const limit = defaultDecodeLimits.decompressedBytes;

/** Reads the cells of the visible sheets with our reader, merges filled. */
export async function ourCells(path: string): Promise<CellTexts> {
  const cells = new Map<string, string>();
  const file = await openPackage(await partOf(path), defaultDecodeLimits);
  const workbook = await readWorkbook(file);
  const context = {
    dateSystem: workbook.dateSystem,
    sharedStrings: await readSharedStrings(file, workbook.sharedStringsPart, limit),
    ...(await readCellStyles(file, workbook.stylesPart)),
  };
  for (const { name, part } of workbook.sheets) {
    const merged = new MergedCells((await readRanges(file, part, limit)).merges);
    for await (const rows of readRows(file, part, context, defaultDecodeLimits, new SheetMarks(1))) {
      for (const row of rows) {
        for (const cell of [...row.cells, ...merged.repeatedIn(row, 16_384, "down-and-across")]) {
          const error = cell.error?.startsWith("=") ? "no result" : "error";
          cells.set(`${name}!${row.number}:${cell.column}`, cell.error === undefined ? String(cell.value) : error);
        }
      }
    }
  }
  file.close();
  return cells;
}

/** Reads the cells of the visible sheets with exceljs's whole-workbook reader, in our form. Empty if it throws. */
export async function theirCells(path: string): Promise<CellTexts> {
  const cells = new Map<string, string>();
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  for (const sheet of workbook.worksheets) {
    if (sheet.state !== "visible") continue;
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        const text = textOf(cell.value, cell.numFmt);
        if (text !== "") cells.set(`${sheet.name}!${cell.row}:${cell.col}`, text);
      }),
    );
  }
  return cells;
}

function textOf(value: ExcelJS.CellValue, format: string | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return format?.includes("%") ? `${Number((value * 100).toPrecision(15))}%` : String(value);
  if (value instanceof Date) return new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().slice(0, 19).replace("T00:00:00", "");
  if (typeof value !== "object") return String(value);
  if ("richText" in value) return value.richText.map(({ text }) => text).join("");
  if ("hyperlink" in value) return textOf(value.text as ExcelJS.CellValue, format);
  if ("error" in value) return "error";
  return value.result === undefined ? "no result" : textOf(value.result, format);
}
