import { Buffer, isUtf8 } from "node:buffer";
import type { DecodeOptions } from "../../../kit/definition.ts";
import { readHtmlPage, readPageValue, selectInPage } from "../../../kit/html-page.ts";
import { announcedCount, valueIn } from "../../../kit/pages/element-values.ts";
import { faultOf } from "../../../kit/pages/page-fault.ts";
import { softwareOf } from "../../../kit/pages/site-software.ts";
import { issue } from "../../../model/issue.ts";
import { once } from "../../../model/run/feed-part.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { type FeedContent, openFeed } from "../container/open-feed.ts";
import { type Decoded, type DecodeLimits, type FeedPart, recordTooLarge } from "../decoded.ts";
import { detectEncoding } from "../text/detect-encoding.ts";
import { declaredEncoding, unmarkedUtf16 } from "../text/encoding-marks.ts";
import { readText } from "../text/read-text.ts";

/** Records per batch. */
const batchSize = 100;

/**
 * Reads web pages: the elements that match the record selector, and their values. Texts are in one line; attributes and markup are as
 * written. A page may have no records, such as the last page of a list, but not all pages. Holds one page in memory, limited to
 * `recordBytes`. Throws `FeedUnreadable`: `no-such-path` if no page has a record, `malformed` if there are too many elements or nested too
 * deeply, `too-large`, and the errors of `openFeed`.
 */
export async function* decodeHtml(
  parts: readonly FeedPart[],
  options: Extract<DecodeOptions, { format: "html" }>,
  limits: DecodeLimits,
): AsyncGenerator<Decoded[]> {
  yield [{ kind: "fields", names: Object.keys(options.values) }];
  let records = 0;
  let firstText: string | null = null;
  for (const [index, part] of parts.entries()) {
    const page = parts.length > 1 ? `page ${index + 1}, ` : "";
    const { text, repairedAt } = await textOfPage(part, limits, page);
    if (firstText === null) {
      firstText = text;
      const total = options.total === undefined ? null : announcedCount(readHtmlPage(text, "the page"), readPageValue(options.total));
      if (total !== null) yield [{ kind: "total", total }];
    }
    let ready: Decoded[] = [];
    for (const record of pageRecords(text, options, limits.recordBytes, page)) {
      records++;
      ready.push(decodedRecord(record, repairedAt));
      if (ready.length < batchSize) continue;
      yield ready;
      ready = [];
    }
    yield ready;
  }
  if (records === 0) throw noRecordsError(options.records, firstText);
}

/** Returns why no page has a record: the first one is empty without JavaScript, asks to sign in… or the list has changed. */
function noRecordsError(path: string, firstText: string | null): FeedUnreadable {
  if (firstText === null) return new FeedUnreadable("no-such-path", { path });
  const page = readHtmlPage(firstText, "the page");
  const fault = faultOf(page, null);
  if (fault !== "other-structure") return new FeedUnreadable("page-unlike", { reason: fault, path });
  const software = softwareOf(page);
  return new FeedUnreadable("no-such-path", { path, ...(software !== null && { software }) });
}

/** A page's text, and the positions of repaired characters in rising order. */
export interface PageText {
  readonly text: string;
  readonly repairedAt: readonly number[];
}

/** Decodes a page in its encoding. `page`: prefix of its locators. Throws `FeedUnreadable`: `too-large`, and the errors of `openFeed`. */
export async function textOfPage(part: FeedPart, limits: DecodeLimits, page: string): Promise<PageText> {
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
  for await (const pieces of readText(once(bytes), await htmlEncoding(content, bytes, part.contentType))) {
    for (const piece of pieces) {
      if (piece.repaired) repairedAt.push(text.length);
      text += piece.text;
    }
  }
  return { text, repairedAt };
}

function decodedRecord({ locator, values, start, end }: PageRecord, repairedAt: readonly number[]): Decoded {
  const isRepaired = (firstFrom(start, repairedAt) ?? Number.POSITIVE_INFINITY) <= end;
  return { kind: "record", locator, values, ...(isRepaired ? { issues: [issue("decode", "wrong-encoding", { locator })] } : {}) };
}

/** Returns the first number that is at least `lowest`, or undefined. */
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

/** Number of bytes at the start of a page that may contain the declaration of its encoding. */
const declarationLength = 4096;
const declared = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)/i;
const inContentType = /;\s*charset\s*=\s*"?([\w.:-]+)/i;

/**
 * Returns the encoding of a page. Detects UTF-16 by its zeros and UTF-8 by valid bytes, and ignores a wrong declaration. Otherwise uses the byte order
 * mark, the Content-Type, the declaration in the page, or the non-ASCII characters, in this order.
 */
async function htmlEncoding(content: FeedContent, bytes: Uint8Array, contentType: string | null): Promise<string> {
  const utf16 = unmarkedUtf16(bytes);
  if (utf16 !== null) return utf16;
  if (isUtf8(bytes)) return "utf-8";
  const header = inContentType.exec(contentType ?? "")?.[1];
  return detectEncoding(content, declaredEncoding(header ?? "") ?? declaredEncoding(declaredIn(bytes)));
}

function declaredIn(bytes: Uint8Array): string {
  const [, inMeta, inXml] = declared.exec(Buffer.from(bytes.subarray(0, declarationLength)).toString("latin1")) ?? [];
  return inMeta ?? inXml ?? "";
}

/** Selectors of the records and their values. */
interface PageLayout {
  readonly records: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A record with its position in the text of the page. */
interface PageRecord {
  readonly locator: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly start: number;
  readonly end: number;
}

/** Limits the records of a page, which repeat content if their elements are nested, to this many times `recordBytes`. */
const maxRatio = 4;

/**
 * Yields the records of a page in order. A value is null if no element matches, a text for one match, and a list of texts for several
 * matches. `page` is a prefix for locators, `page 2, ` or empty. Throws `FeedUnreadable`: `malformed` if there are too many elements or
 * nested too deeply, `too-large`.
 */
function* pageRecords(text: string, layout: PageLayout, recordBytes: number, page: string): Generator<PageRecord> {
  const values = Object.entries(layout.values).map(([field, written]) => [field, readPageValue(written)] as const);
  const elements = selectInPage(layout.records, readHtmlPage(text, page === "" ? "the page" : page.replace(/, $/, "")));
  let left = maxRatio * recordBytes;
  for (const [index, element] of elements.entries()) {
    const locator = `${page}item ${index + 1}`;
    const spend = (size: number) => {
      left -= size;
      if (left < 0) throw recordTooLarge(locator, recordBytes);
    };
    const { startIndex, endIndex } = element;
    const place = { start: startIndex ?? 0, end: endIndex ?? 0 };
    spend(place.end - place.start);
    const read = values.map(([field, value]) => [field, valueIn(element, value, spend)] as const);
    yield { locator, values: Object.fromEntries(read), ...place };
  }
}
