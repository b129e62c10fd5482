import { Buffer } from "node:buffer";
import type { DecodeOptions } from "../../../kit/definition.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { readHead } from "../container/container-kind.ts";
import type { Decoded, DecodeLimits } from "../decoded.ts";
import { type OfficePackage, smallPartLimit } from "../excel/open-package.ts";
import { RowRecords } from "../excel/row-records.ts";
import { contentPart, findSheets } from "./find-sheet.ts";
import { readSheetRows } from "./read-sheet-rows.ts";

/**
 * Reads the declared sheets of an OpenDocument file. Values, locators, header, merges and links are as for `.xlsx`. Expects the prefixes of
 * attributes that all programs write (`table:`, `office:`, `calcext:`).
 */
export async function* decodeOpenDocument(
  file: OfficePackage,
  options: Extract<DecodeOptions, { format: "excel" }>,
  limits: DecodeLimits,
): AsyncGenerator<Decoded[]> {
  for (const { name, position } of await findSheets(file, options.sheet, limits.decompressedBytes)) {
    const records = new RowRecords(name, options, { merges: [], links: [] }, limits);
    for await (const rows of readSheetRows(file, position, limits)) yield rows.flatMap((row) => records.read(row));
    yield records.end();
  }
}

const mimetypePart = "mimetype";
const maxMimetypeLength = 1024;
const manifestPart = "META-INF/manifest.xml";
/** Part that contains a whole encrypted file. LibreOffice 24.8 and later writes it. */
const wholeEncryptedPart = "encrypted-package";

/** Returns true for an OpenDocument sheet (`.ods`, `.ots`). Throws `FeedUnreadable` (`encrypted-file`) if the sheet has a password. */
export async function isOpenDocumentSheet(file: OfficePackage): Promise<boolean> {
  if (!file.has(mimetypePart) || !(file.has(contentPart) || file.has(wholeEncryptedPart))) return false;
  const mimetype = await readHead(file.read(mimetypePart, maxMimetypeLength), maxMimetypeLength);
  if (!Buffer.from(mimetype.bytes).includes("opendocument.spreadsheet")) return false;
  if (file.has(wholeEncryptedPart) || (await isEncrypted(file))) throw new FeedUnreadable("encrypted-file", { found: "ods" });
  return true;
}

/** Searches the manifest without parsing it, because old manifests have a document type, which we never parse. */
async function isEncrypted(file: OfficePackage): Promise<boolean> {
  if (!file.has(manifestPart)) return false;
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.read(manifestPart, smallPartLimit)) chunks.push(chunk);
  return Buffer.concat(chunks).includes("encryption-data");
}
