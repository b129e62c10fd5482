import { Buffer } from "node:buffer";
import type { DecodeOptions } from "../../../kit/definition.ts";
import { issue } from "../../../model/issue.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { openFeed } from "../container/open-feed.ts";
import type { Decoded, DecodeLimits, FeedPart } from "../decoded.ts";
import { recordTooLarge } from "../record-too-large.ts";
import { readText } from "../text/read-text.ts";
import { htmlEncoding } from "./html-encoding.ts";
import { type PageRecord, pageRecords } from "./page-records.ts";

/** Records per batch. */
const slice = 100;

/**
 * Reads web pages: the elements that match the record selector, and the values of each. Texts are in one line, attributes and markup as
 * written. A page without a record is ignored if another page has some, such as the last page of a list. Holds one page in memory, at most
 * as large as a record. Throws `FeedUnreadable`: `no-such-path` if no page has a record, `malformed` if elements are nested too deep or
 * too many, `too-large`, and the errors of `openFeed`.
 */
export async function* decodeHtml(
  parts: readonly FeedPart[],
  options: Extract<DecodeOptions, { format: "html" }>,
  limits: DecodeLimits,
): AsyncGenerator<Decoded[]> {
  yield [{ kind: "fields", names: Object.keys(options.values) }];
  let records = 0;
  for (const [index, part] of parts.entries()) {
    const page = parts.length > 1 ? `page ${index + 1}, ` : "";
    const { text, repairedAt } = await textOfPage(part, limits, page);
    let ready: Decoded[] = [];
    for (const record of pageRecords(text, options, limits.recordBytes, page)) {
      records++;
      ready.push(decodedRecord(record, repairedAt));
      if (ready.length < slice) continue;
      yield ready;
      ready = [];
    }
    yield ready;
  }
  if (records === 0) throw new FeedUnreadable("no-such-path", { path: options.records });
}

/** A page's text, and the positions of repaired characters in rising order. */
interface PageText {
  readonly text: string;
  readonly repairedAt: readonly number[];
}

async function textOfPage(part: FeedPart, limits: DecodeLimits, page: string): Promise<PageText> {
  const content = await openFeed(part, "html", limits);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content.bytes()) {
    size += chunk.length;
    if (size > limits.recordBytes) throw recordTooLarge(page === "" ? "the page" : page.replace(/, $/, ""), limits.recordBytes);
    chunks.push(chunk.slice());
  }
  const bytes = Buffer.concat(chunks);
  let text = "";
  const repairedAt: number[] = [];
  for await (const pieces of readText(only(bytes), await htmlEncoding(content, bytes, part.contentType))) {
    for (const piece of pieces) {
      if (piece.repaired) repairedAt.push(text.length);
      text += piece.text;
    }
  }
  return { text, repairedAt };
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function decodedRecord({ locator, values, start, end }: PageRecord, repairedAt: readonly number[]): Decoded {
  const isRepaired = (firstFrom(start, repairedAt) ?? Number.POSITIVE_INFINITY) <= end;
  return { kind: "record", locator, values, ...(isRepaired ? { issues: [issue("decode", "wrong-encoding", { locator })] } : {}) };
}

/** Returns the first number not below `lowest`, or undefined. */
function firstFrom(lowest: number, rising: readonly number[]): number | undefined {
  let from = 0;
  let to = rising.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((rising[middle] ?? 0) < lowest) from = middle + 1;
    else to = middle;
  }
  return rising[from];
}
