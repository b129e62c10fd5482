import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { markedUtf16, unmarkedUtf16 } from "../text/encoding-marks.ts";

const declaration = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]{1,40})["']/;
const declarationLength = 1024;

/**
 * Returns the encoding of an XML document: by its byte order mark or declaration, else UTF-8. ISO-8859-1 is read as windows-1252, as
 * browsers do. Throws `FeedUnreadable` (`malformed`) for an unknown encoding.
 */
export function xmlEncoding(head: Uint8Array): string {
  const utf16 = markedUtf16(head) ?? unmarkedUtf16(head.subarray(0, declarationLength));
  if (utf16 !== null) return utf16;
  const start = new TextDecoder("windows-1252").decode(head.subarray(0, declarationLength)).replace("ï»¿", "");
  const label = declaration.exec(start)?.[1] ?? "utf-8";
  const encoding = knownEncoding(label);
  if (encoding === null) throw new FeedUnreadable("malformed", { at: "line 1", reason: label });
  // A declaration that is readable byte by byte cannot be in UTF-16.
  return encoding.startsWith("utf-16") ? "utf-8" : encoding;
}

function knownEncoding(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
