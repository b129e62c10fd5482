import type { DecodeOptions } from "../../../kit/definition.ts";
import type { Decoded, DecodeLimits } from "../decoded.ts";
import type { OfficePackage } from "../excel/open-package.ts";
import { RowRecords } from "../excel/row-records.ts";
import { findSheet } from "./find-sheet.ts";
import { readSheetRows } from "./read-sheet-rows.ts";

/**
 * Reads one sheet of an OpenDocument file as records, as `decodeExcel` does for `.xlsx`: same values, locators, header, merges and links. Attributes
 * are known by the prefixes that all programs write (`table:`, `office:`, `calcext:`). Nothing but one row is held.
 */
export async function* recordsOfOpenDocument(
  file: OfficePackage,
  options: Extract<DecodeOptions, { format: "excel" }>,
  limits: DecodeLimits,
): AsyncGenerator<Decoded[]> {
  const sheet = await findSheet(file, options.sheet, limits.decompressedBytes);
  const layout = { sheetName: sheet.name, headerRow: options.headerRow, skipRows: options.skipRows };
  const records = new RowRecords(layout, { merges: [], links: [] }, limits);
  for await (const rows of readSheetRows(file, sheet.position, limits)) yield rows.flatMap((row) => records.read(row));
  records.end();
}
