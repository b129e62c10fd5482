import { fileKind } from "../container/file-kind.ts";
import { readHead } from "../container/read-head.ts";
import { refuseFile } from "../container/refuse-file.ts";
import { refuseOle } from "../container/refuse-ole.ts";
import type { FeedPart } from "../decoded.ts";
import type { OfficePackage } from "./open-package.ts";

/**
 * Refuses, by its first bytes, what is no zip.
 * @throws FeedUnreadable `encrypted-file` for a workbook with a password; else `unsupported-file`, naming it (`xls`, `html`, `xml`, `text`, `empty`…)
 */
export async function refuseOtherThanZip(part: FeedPart): Promise<void> {
  const { bytes } = await readHead(part.open(), 512);
  const kind = fileKind(bytes);
  if (kind === "zip") return;
  if (kind === "ole") throw await refuseOle(part.open());
  throw refuseFile(kind === "text" ? kindOfText(bytes) : kind, "save-as-xlsx");
}

/** Parts that tell which other zip a file is. */
const otherPackages = [
  ["xl/workbook.bin", "xlsb"],
  ["word/document.xml", "docx"],
  ["ppt/presentation.xml", "pptx"],
] as const;

/**
 * Refuses a zip that holds no workbook.
 * @throws FeedUnreadable `unsupported-file`, naming it: `ods`, `odf`, `xlsb`, `docx`, `pptx`, `zip`
 */
export async function refuseOtherPackage(file: OfficePackage): Promise<never> {
  throw refuseFile(await kindOfPackage(file), "save-as-xlsx");
}

async function kindOfPackage(file: OfficePackage): Promise<string> {
  for (const [part, kind] of otherPackages) if (file.has(part)) return kind;
  if (!file.has("mimetype") || !file.has("content.xml")) return "zip";
  const mimetype = await readHead(file.read("mimetype", 1024), 1024);
  return Buffer.from(mimetype.bytes).includes("opendocument.spreadsheet") ? "ods" : "odf";
}

function kindOfText(start: Uint8Array): string {
  const text = Buffer.from(start)
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()
    .toLowerCase();
  if (text === "") return "empty";
  if (!text.startsWith("<")) return "text";
  return text.startsWith("<?xml") ? "xml" : "html";
}
