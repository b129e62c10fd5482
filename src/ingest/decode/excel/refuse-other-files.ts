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
 * @throws FeedUnreadable `unsupported-file`, naming it: `odf`, `xlsb`, `docx`, `pptx`, `zip`
 */
export function refuseOtherPackage(file: OfficePackage): never {
  throw refuseFile(kindOfPackage(file), "save-as-xlsx");
}

function kindOfPackage(file: OfficePackage): string {
  for (const [part, kind] of otherPackages) if (file.has(part)) return kind;
  return file.has("mimetype") && file.has("content.xml") ? "odf" : "zip";
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
