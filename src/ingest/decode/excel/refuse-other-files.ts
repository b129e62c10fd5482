import { fileKind } from "../container/file-kind.ts";
import { readHead } from "../container/read-head.ts";
import { refuseFile } from "../container/refuse-file.ts";
import { refuseOle } from "../container/refuse-ole.ts";
import type { FeedPart } from "../decoded.ts";
import type { OfficePackage } from "./open-package.ts";

/**
 * Throws if the first bytes are not those of a zip: `FeedUnreadable` (`encrypted-file`) for a workbook with a password, else
 * `unsupported-file` with the type (`xls`, `html`, `xml`, `text`, `empty`…).
 */
export async function refuseOtherThanZip(part: FeedPart): Promise<void> {
  const { bytes } = await readHead(part.open(), 512);
  const kind = fileKind(bytes);
  if (kind === "zip") return;
  if (kind === "ole") throw await refuseOle(part.open());
  throw refuseFile(kind === "text" ? kindOfText(bytes) : kind, "save-as-xlsx");
}

/** Parts that identify other types of zip files. */
const otherPackages = [
  ["xl/workbook.bin", "xlsb"],
  ["word/document.xml", "docx"],
  ["ppt/presentation.xml", "pptx"],
] as const;

/** Throws `FeedUnreadable` (`unsupported-file`) with the type of a zip that is not a workbook: `odf`, `xlsb`, `docx`, `pptx`, `zip`. */
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
