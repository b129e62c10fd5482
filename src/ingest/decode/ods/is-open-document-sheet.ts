import { Buffer } from "node:buffer";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { readHead } from "../container/read-head.ts";
import type { OfficePackage } from "../excel/open-package.ts";
import { smallPartLimit } from "../excel/read-relationships.ts";
import { contentPart } from "./content-part.ts";

const mimetypePart = "mimetype";
const longestMimetype = 1024;
const manifestPart = "META-INF/manifest.xml";
/** LibreOffice 24.8 and later puts the whole of an encrypted file into this part. */
const wholeEncryptedPart = "encrypted-package";

/** Returns whether a package is an OpenDocument sheet (`.ods`, `.ots`). Throws `FeedUnreadable` (`encrypted-file`) if it has a password. */
export async function isOpenDocumentSheet(file: OfficePackage): Promise<boolean> {
  if (!file.has(mimetypePart) || !(file.has(contentPart) || file.has(wholeEncryptedPart))) return false;
  const mimetype = await readHead(file.read(mimetypePart, longestMimetype), longestMimetype);
  if (!Buffer.from(mimetype.bytes).includes("opendocument.spreadsheet")) return false;
  if (file.has(wholeEncryptedPart) || (await saysEncrypted(file))) throw new FeedUnreadable("encrypted-file", { found: "ods" });
  return true;
}

/** Searches the manifest as bytes: old manifests have a document type, which we never parse. */
async function saysEncrypted(file: OfficePackage): Promise<boolean> {
  if (!file.has(manifestPart)) return false;
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.read(manifestPart, smallPartLimit)) chunks.push(chunk);
  return Buffer.concat(chunks).includes("encryption-data");
}
