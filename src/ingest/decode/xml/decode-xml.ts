import { issue } from "../../../model/issue.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { FeedContent } from "../container/open-feed.ts";
import type { Decoded, DecodeLimits, FeedReading } from "../decoded.ts";
import { declaredEncoding, markedUtf16, unmarkedUtf16 } from "../text/encoding-marks.ts";
import { readText } from "../text/read-text.ts";
import { findMovedPath } from "./find-moved-path.ts";
import { chooseXmlPath } from "./xml-path.ts";
import { XmlRecords } from "./xml-records.ts";

type XmlReading = Extract<FeedReading, { format: "xml" }>;

/**
 * Reads the elements at the record path of an XML document. `xmlValue` documents their values. If the path has no elements, but exactly one
 * other path has records of the connector, reads these. The whole document must be well-formed. `page` is a prefix for locators: `page 2, `
 * or empty. Throws `FeedUnreadable`: `malformed` with line and column, `forbidden-xml` for a document type, `no-such-path`, `too-large`. We
 * use saxes because it is faster than fast-xml-parser (docs/dependencies.md).
 */
export async function* decodeXml(content: FeedContent, options: XmlReading, limits: DecodeLimits, page: string): AsyncGenerator<Decoded[]> {
  const encoding = xmlEncoding(content.head);
  const path = await chooseXmlPath(content, encoding, options.recordPath);
  let count = 0;
  const records = new XmlRecords({ path, recordBytes: limits.recordBytes, page, keyedBy: options.keyedBy });
  for await (const decoded of decodeUnder(records, content, encoding)) {
    count += decoded.length;
    yield decoded;
  }
  const found = count > 0 ? null : await findMovedPath(content, encoding, options, limits);
  if (found !== null) {
    yield [{ kind: "issue", issue: issue("decode", "reading-changed", { params: { declared: path, path: found } }) }];
    const moved = new XmlRecords({ path: found, recordBytes: limits.recordBytes, page, keyedBy: options.keyedBy });
    yield* decodeUnder(moved, content, encoding);
  } else if (!records.isPathFound) throw new FeedUnreadable("no-such-path", { path });
}

/** Reads a document to its end. Yields the records before the damage, and then throws the error. */
async function* decodeUnder(records: XmlRecords, content: FeedContent, encoding: string): AsyncGenerator<Decoded[]> {
  try {
    for await (const pieces of readText(content.bytes(), encoding)) {
      for (const { text, repaired } of pieces) records.write(text, repaired);
      yield records.take();
    }
    records.end();
  } catch (error) {
    yield records.take();
    throw error;
  }
  yield records.take();
}

const declaration = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]{1,40})["']/;
const declarationLength = 1024;

/**
 * Returns the encoding of an XML document by its byte order mark or its declaration. The default is UTF-8. Reads ISO-8859-1 as
 * windows-1252, as browsers do. Throws `FeedUnreadable` (`malformed`) for an unknown encoding.
 */
export function xmlEncoding(head: Uint8Array): string {
  const utf16 = markedUtf16(head) ?? unmarkedUtf16(head.subarray(0, declarationLength));
  if (utf16 !== null) return utf16;
  const start = new TextDecoder("windows-1252").decode(head.subarray(0, declarationLength)).replace("ï»¿", "");
  const label = declaration.exec(start)?.[1] ?? "utf-8";
  const encoding = declaredEncoding(label);
  if (encoding === undefined) throw new FeedUnreadable("malformed", { at: "line 1", reason: label });
  return encoding;
}
