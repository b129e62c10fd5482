import type { DecodeOptions } from "../../../kit/definition.ts";
import type { Decoded, DecodeLimits, FeedPart } from "../decoded.ts";
import { inBatches } from "../in-batches.ts";
import { decodeOpenDocument, isOpenDocumentSheet } from "../ods/decode-open-document.ts";
import { readCellStyles } from "./cell-styles.ts";
import { type OfficePackage, openPackage } from "./open-package.ts";
import { readRanges } from "./read-ranges.ts";
import { readRows } from "./read-rows.ts";
import { chooseSheets, readWorkbook } from "./read-workbook.ts";
import { lastHeaderRowOf, RowRecords } from "./row-records.ts";
import { readSharedStrings } from "./shared-strings.ts";
import { SheetMarks } from "./sheet-marks.ts";

type ExcelOptions = Extract<DecodeOptions, { format: "excel" }>;

/**
 * Reads the declared sheets of an `.xlsx`, `.xlsm` (transitional or strict), `.xls` (also in a `.gz` or `.zip`) or `.ods` workbook. Locators have the form `sheet S, row N`. `CellValue`
 * documents the values, and `RowRecords` merges, links and columns without a title. Streams the rows, but holds shared texts in memory.
 *
 * We do not use exceljs. Its streaming reader breaks accented letters between chunks, fails on some real workbooks, and ignores merges. Its
 * other reader loses formula results of 0 and FALSE.
 *
 * Throws `FeedUnreadable` after it has yielded the records before the damage: `unsupported-file`, `encrypted-file`, `no-such-sheet`
 * (`sheet`, `found`), `no-header` (`sheet`, `row`), `malformed` (`at`, `reason`), `forbidden-xml`, `decompression-limit`, `too-large`.
 */
export async function* decodeExcel(part: FeedPart, options: ExcelOptions, limits: DecodeLimits): AsyncGenerator<Decoded[]> {
  const file = await openPackage(part, limits);
  try {
    const read = (await isOpenDocumentSheet(file)) ? decodeOpenDocument : decodeWorkbook;
    yield* inBatches(read(file, options, limits));
  } finally {
    file.close();
  }
}

async function* decodeWorkbook(file: OfficePackage, options: ExcelOptions, limits: DecodeLimits): AsyncGenerator<Decoded[]> {
  const workbook = await readWorkbook(file);
  const sheets = chooseSheets(workbook.sheets, options.sheet);
  const context = {
    dateSystem: workbook.dateSystem,
    sharedStrings: await readSharedStrings(file, workbook.sharedStringsPart, limits.decompressedBytes),
    ...(await readCellStyles(file, workbook.stylesPart)),
  };
  for (const { name, part } of sheets) {
    const ranges = await readRanges(file, part, limits.decompressedBytes);
    const marks = new SheetMarks(lastHeaderRowOf(options));
    const records = new RowRecords(name, options, ranges, limits, marks);
    for await (const rows of readRows(file, part, context, limits, marks)) yield rows.flatMap((row) => records.read(row));
    yield records.end();
  }
}
