import { Buffer, isAscii, isUtf8 } from "node:buffer";
import type { FeedContent } from "../container/open-feed.ts";
import { hasUtf8Mark, markedUtf16, unmarkedUtf16 } from "./encoding-marks.ts";
import { incompleteTailLength, obsoleteSequenceLength, utf8SequenceLength } from "./utf8.ts";

/**
 * Returns the encoding of a feed. Uses the byte order mark, or else the declared encoding. Otherwise detects UTF-16 by its zeros, and UTF-8
 * if most non-ASCII characters are valid UTF-8. The default is windows-1252. May read the whole feed, because the first accent may be at
 * its end.
 */
export async function detectEncoding(content: FeedContent, declared: string | undefined): Promise<string> {
  const known = (hasUtf8Mark(content.head) ? "utf-8" : markedUtf16(content.head)) ?? declared ?? unmarkedUtf16(content.head);
  if (known !== null) return known;
  return (await isMostlyUtf8(content.bytes())) ? "utf-8" : "windows-1252";
}

async function isMostlyUtf8(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  let valid = 0;
  let invalid = 0;
  let carried: Uint8Array = new Uint8Array(0);

  function count(bytes: Uint8Array): void {
    if (isAscii(bytes)) return;
    if (isUtf8(bytes)) {
      valid++;
      return;
    }
    for (let index = 0; index < bytes.length; ) {
      const length = utf8SequenceLength(bytes, index);
      if (length > 1) valid++;
      if (length === 0) invalid++;
      index += length > 0 ? length : Math.max(1, obsoleteSequenceLength(bytes, index));
    }
  }

  for await (const chunk of chunks) {
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const complete = bytes.length - incompleteTailLength(bytes);
    carried = bytes.slice(complete);
    count(bytes.subarray(0, complete));
  }
  count(carried);
  return invalid === 0 || valid > invalid;
}
