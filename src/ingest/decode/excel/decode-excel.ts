import type { DecodeOptions } from "../../../kit/definition.ts";
import type { Decoded, DecodeLimits, FeedPart } from "../decoded.ts";
import { inBatches } from "../in-batches.ts";
import { decodeOpenDocument, isOpenDocumentSheet } from "../ods/decode-open-document.ts";
import { readNumberFormats } from "./number-format.ts";
import { type OfficePackage, openPackage, refuseNonZip } from "./open-package.ts";
import { readRanges } from "./read-ranges.ts";
import { readRows } from "./read-rows.ts";
import { chooseSheet, readWorkbook } from "./read-workbook.ts";
import { RowRecords } from "./row-records.ts";
import { readSharedStrings } from "./shared-strings.ts";

/**
 * Reads one sheet of an `.xlsx`, `.xlsm` (transitional or strict) or `.ods` workbook. Locators have the form `sheet S, row N`. `CellValue`
 * documents the values, and `RowRecords` merges, links and columns without a title. Streams the rows, but holds shared texts in memory.
 *
 * We do not use exceljs. Its streaming reader breaks accented letters between chunks, fails on some real workbooks, and ignores merges. Its
 * other reader loses formula results of 0 and FALSE.
 *
 * Throws `FeedUnreadable` after it has yielded the records before the damage: `unsupported-file`, `encrypted-file`, `no-such-sheet`
 * (`sheet`, `found`), `no-header` (`sheet`, `row`), `malformed` (`at`, `reason`), `forbidden-xml`, `decompression-limit`, `too-large`.
 */
export async function* decodeExcel(
  part: FeedPart,
  options: Extract<DecodeOptions, { format: "excel" }>,
  limits: DecodeLimits,
): AsyncGenerator<Decoded[]> {
  await refuseNonZip(part);
  const file = await openPackage(part.path, limits.onDecoded);
  try {
    const read = (await isOpenDocumentSheet(file)) ? decodeOpenDocument : decodeWorkbook;
    yield* inBatches(read(file, options, limits));
  } finally {
    file.close();
  }
}

async function* decodeWorkbook(
  file: OfficePackage,
  options: Extract<DecodeOptions, { format: "excel" }>,
  limits: DecodeLimits,
): AsyncGenerator<Decoded[]> {
  const workbook = await readWorkbook(file);
  const sheet = chooseSheet(workbook.sheets, options.sheet);
  const ranges = await readRanges(file, sheet.part, limits.decompressedBytes);
  const context = {
    dateSystem: workbook.dateSystem,
    sharedStrings: await readSharedStrings(file, workbook.sharedStringsPart, limits.decompressedBytes),
    formats: await readNumberFormats(file, workbook.stylesPart),
  };
  const layout = { sheetName: sheet.name, headerRow: options.headerRow, skipRows: options.skipRows };
  const records = new RowRecords(layout, ranges, limits);
  for await (const rows of readRows(file, sheet.part, context, limits)) yield rows.flatMap((row) => records.read(row));
  records.end();
}
