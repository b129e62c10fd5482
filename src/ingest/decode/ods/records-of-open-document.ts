import type { DecodeOptions } from "../../../kit/definition.ts";
import type { Decoded, DecodeLimits } from "../decoded.ts";
import type { OfficePackage } from "../excel/open-package.ts";
import { RowRecords } from "../excel/row-records.ts";
import { findSheet } from "./find-sheet.ts";
import { readSheetRows } from "./read-sheet-rows.ts";

/**
 * Reads one sheet of an OpenDocument file, with the same values, locators, header, merges and links as for `.xlsx`. Attributes have the
 * prefixes that all programs write (`table:`, `office:`, `calcext:`). Holds one row in memory.
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
