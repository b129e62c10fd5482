import { Buffer, isUtf8 } from "node:buffer";
import type { FeedContent } from "../container/open-feed.ts";
import { detectCsvEncoding } from "../csv/detect-csv-encoding.ts";
import { unmarkedUtf16 } from "../text/encoding-marks.ts";

/** A page declares its encoding near its top. */
const declarationLength = 4096;
const declared = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)/i;
const inContentType = /;\s*charset\s*=\s*"?([\w.:-]+)/i;

/**
 * Returns the encoding of a page: UTF-16 without a mark, else UTF-8 if all bytes are valid, whatever is declared; else by byte order mark,
 * by the Content-Type, by the page's declaration, or by most non-ASCII characters.
 */
export async function htmlEncoding(content: FeedContent, bytes: Uint8Array, contentType: string | null): Promise<string> {
  const utf16 = unmarkedUtf16(bytes);
  if (utf16 !== null) return utf16;
  if (isUtf8(bytes)) return "utf-8";
  const said = knownEncoding(inContentType.exec(contentType ?? "")?.[1]) ?? knownEncoding(declaredIn(bytes));
  return detectCsvEncoding(content, said);
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const [, inMeta, inXml] = declared.exec(Buffer.from(bytes.subarray(0, declarationLength)).toString("latin1")) ?? [];
  return inMeta ?? inXml;
}

/** Returns the declared encoding if it is known. A declaration that is readable byte by byte cannot be in UTF-16. */
function knownEncoding(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding.startsWith("utf-16") ? "utf-8" : encoding;
  } catch {
    return undefined;
  }
}
