import type { DecodeOptions } from "../../../kit/definition.ts";
import type { Decoded, DecodeLimits, FeedPart } from "../decoded.ts";
import { inBatches } from "../in-batches.ts";
import { isOpenDocumentSheet } from "../ods/is-open-document-sheet.ts";
import { recordsOfOpenDocument } from "../ods/records-of-open-document.ts";
import { chooseSheet } from "./choose-sheet.ts";
import { type OfficePackage, openPackage } from "./open-package.ts";
import { readNumberFormats } from "./read-number-formats.ts";
import { readRanges } from "./read-ranges.ts";
import { readRows } from "./read-rows.ts";
import { readSharedStrings } from "./read-shared-strings.ts";
import { readWorkbook } from "./read-workbook.ts";
import { refuseOtherThanZip } from "./refuse-other-files.ts";
import { RowRecords } from "./row-records.ts";

/**
 * Reads one sheet of a workbook as records, located as `sheet S, row N`: `.xlsx` and `.xlsm`, transitional or strict, and `.ods`, told apart by what
 * is in the file. Values: texts as they are, numbers, booleans, dates as `2024-07-04` or `2024-07-04T15:00:00`, hours as `15:00:00`, percentages as
 * `50%`, zero-padded numbers as shown (`01004`); `""` where the cell is empty or shows an error. See `RowRecords` for merges, links and columns
 * without a title.
 *
 * One reader for every size: the zip's directory, then sax over the parts. exceljs is not used: its streaming reader breaks accented letters
 * that lie across two chunks, throws on some real workbooks, knows no merges; its other one loses formula results of 0 and FALSE (test: real-workbooks).
 * Memory: the texts that the workbook shares among cells are held; rows are streamed.
 *
 * What stands before a damaged place is given before the error.
 * @throws FeedUnreadable `unsupported-file`, `encrypted-file`, `no-such-sheet` (`sheet`, `found`), `no-header` (`sheet`, `row`), `malformed` (`at`,
 * `reason`), `forbidden-xml`, `decompression-limit`, `too-large` (one text of 16 MB)
 */
export async function* decodeExcel(
  part: FeedPart,
  options: Extract<DecodeOptions, { format: "excel" }>,
  limits: DecodeLimits,
): AsyncGenerator<Decoded[]> {
  await refuseOtherThanZip(part);
  const file = await openPackage(part.path);
  try {
    const read = (await isOpenDocumentSheet(file)) ? recordsOfOpenDocument : recordsOf;
    yield* inBatches(read(file, options, limits));
  } finally {
    file.close();
  }
}

async function* recordsOf(
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
