import type { DecodeOptions } from "../../../kit/definition.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { FeedContent } from "../container/open-feed.ts";
import type { Decoded, DecodeLimits } from "../decoded.ts";
import { readText } from "../text/read-text.ts";
import { chooseXmlPath } from "./choose-xml-path.ts";
import { xmlEncoding } from "./xml-encoding.ts";
import { XmlRecords } from "./xml-records.ts";

/**
 * Reads the elements at the record path of an XML document; see `xmlValue` for their values. saxes reports the elements and checks the
 * whole document; it is faster than fast-xml-parser on one record at a time (stack.md). `page` is a prefix for locators, `page 2, ` or
 * empty. Throws `FeedUnreadable`: `malformed` with line and column, `forbidden-xml` for any document type, `no-such-path`, `too-large`.
 */
export async function* decodeXml(
  content: FeedContent,
  options: Extract<DecodeOptions, { format: "xml" }>,
  limits: DecodeLimits,
  page: string,
): AsyncGenerator<Decoded[]> {
  const encoding = xmlEncoding(content.head);
  const path = await chooseXmlPath(content, encoding, options.recordPath);
  const records = new XmlRecords({ path, recordBytes: limits.recordBytes, page, keyedBy: options.keyedBy });
  try {
    for await (const pieces of readText(content.bytes(), encoding)) {
      for (const { text, repaired } of pieces) records.write(text, repaired);
      yield records.take();
    }
    records.end();
  } catch (error) {
    // Yield the records before the damage.
    yield records.take();
    throw error;
  }
  yield records.take();
  if (!records.isPathFound) throw new FeedUnreadable("no-such-path", { path });
}
