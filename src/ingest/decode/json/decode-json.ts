import { issue } from "../../../model/issue.ts";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import type { FeedContent } from "../container/open-feed.ts";
import { type Decoded, type DecodeLimits, type FeedReading, recordTooLarge } from "../decoded.ts";
import { markedUtf16 } from "../text/encoding-marks.ts";
import { inSlices, readText, utf8Bytes } from "../text/read-text.ts";
import { findRecordLists } from "./find-record-lists.ts";
import { JsonDocument, JsonEnvelope } from "./json-document.ts";
import { jsonRecord, parseText } from "./json-record.ts";
import { ByteWindow, jsonBytes, nextByte, type Scan, skipValue } from "./scan-json.ts";

type JsonOptions = Extract<FeedReading, { format: "json" }>;

/**
 * Reads a JSON document or JSON Lines. A scan of the bytes finds the end of each record, and `JSON.parse` reads the record. The rest of the
 * document must be valid JSON too. If there are no records under the declared path, but under one other path, reads those. `page` is a prefix for locators, `page 2, ` or empty. Throws `FeedUnreadable`: `malformed`,
 * `no-such-path`, `envelope-says-error`, `too-large`.
 */
export async function* decodeJson(
  content: FeedContent,
  options: JsonOptions,
  limits: DecodeLimits,
  page: string,
): AsyncGenerator<Decoded[]> {
  if (options.lines) {
    yield* decodeJsonLines(content, options, limits, page);
    return;
  }
  const path = await chooseRecordPath(content, options.recordPath);
  let records = 0;
  try {
    for await (const decoded of decodeUnder(path, content, options, limits, page)) {
      for (const { kind } of decoded) if (kind === "record" || kind === "broken") records++;
      yield decoded;
    }
  } catch (error) {
    const isElsewhere = error instanceof FeedUnreadable && (error.code === "no-such-path" || error.code === "too-large") && records === 0;
    const found = isElsewhere ? await movedPath(content, options, limits) : null;
    if (found === null) throw error;
    const params = { declared: path.join("."), path: found.join(".") };
    yield [{ kind: "issue", issue: issue("decode", "reading-changed", { params }) }];
    yield* decodeUnder(found, content, options, limits, page);
  }
}

/** Reads the records under a path of keys. */
async function* decodeUnder(
  path: readonly string[],
  content: FeedContent,
  options: JsonOptions,
  limits: DecodeLimits,
  page: string,
): AsyncGenerator<Decoded[]> {
  const window = new ByteWindow();
  const { fieldsUnder, keyField, shareOfFields } = options;
  const document = new JsonDocument(window, {
    path,
    keyField,
    fieldsUnder,
    envelope: new JsonEnvelope(options),
    ...(shareOfFields !== undefined && { shareOfFields }),
    recordBytes: limits.recordBytes,
    page,
  });
  const scan = document.read();
  try {
    for await (const _ of scanSteps(scan, window, content)) yield document.take();
  } catch (error) {
    // Yield the records before the damage.
    yield document.take();
    throw error;
  }
}

/** Returns the only path of the document with the records of the connector, or null. */
async function movedPath(content: FeedContent, options: JsonOptions, { recordBytes }: DecodeLimits): Promise<readonly string[] | null> {
  const { shareOfFields, fieldsUnder } = options;
  if (shareOfFields === undefined) return null;
  const window = new ByteWindow();
  const found: (readonly string[])[] = [];
  for await (const _ of scanSteps(findRecordLists(window, { shareOfFields, fieldsUnder, recordBytes }, found), window, content));
  const [path = null, another] = found;
  return another === undefined ? path : null;
}

/** Returns the first declared path that exists in the document. If none exists, returns the last one, for the error. */
async function chooseRecordPath(content: FeedContent, declared: string | readonly string[]): Promise<readonly string[]> {
  const paths = (typeof declared === "string" ? [declared] : declared).map((path) => (path === "" ? [] : path.split(".")));
  for (const path of paths.slice(0, -1)) {
    const window = new ByteWindow();
    const scan = hasPath(window, path);
    let found: boolean | undefined;
    for await (const step of scanSteps(scan, window, content)) found = step;
    if (found === true) return path;
  }
  return paths.at(-1) ?? [];
}

/** Runs a scan over the bytes of a document. Yields after each slice; the last value is the result of the scan. */
async function* scanSteps<T>(scan: Scan<T>, window: ByteWindow, content: FeedContent): AsyncGenerator<T | undefined> {
  for await (const chunk of utf8Bytes(content, markedUtf16(content.head) ?? "utf-8")) {
    for (const slice of inSlices(chunk)) {
      window.push(slice);
      const step = scan.next();
      yield step.value ?? undefined;
      if (step.done === true) return;
    }
  }
  window.isComplete = true;
  const last = scan.next();
  yield last.value ?? undefined;
}

const { openBrace, closeBrace } = jsonBytes;

/**
 * Returns true if a document has a value other than `null` at this path of keys. Does not report malformed JSON, because reading the
 * records does.
 */
function* hasPath(window: ByteWindow, path: readonly string[]): Scan<boolean> {
  for (const step of path) {
    if ((yield* nextByte(window)) !== openBrace) return false;
    window.position++;
    if (!(yield* findKey(window, step))) return false;
  }
  return (yield* nextByte(window)) !== 0x6e;
}

/** Moves to the value of a key in the current object. Returns false if there is no such key. */
function* findKey(window: ByteWindow, wanted: string): Scan<boolean> {
  for (;;) {
    const byte = yield* nextByte(window);
    if (byte === closeBrace || byte === -1) return false;
    yield* skipValue(window, maxKeyLength, "");
    const key = new TextDecoder().decode(window.bytes.subarray(window.start, window.position));
    yield* nextByte(window);
    window.position++;
    if (key === JSON.stringify(wanted)) return true;
    yield* nextByte(window);
    yield* skipValue(window, 0, "", false);
    yield* nextByte(window);
    window.position++;
  }
}

const maxKeyLength = 64 * 1024;

/**
 * Reads one JSON value per line. Ignores blank lines. An invalid line becomes a broken record. `page` is a prefix for locators, `page 2, `
 * or empty. Throws `FeedUnreadable` (`too-large`) if a line is too long.
 */
async function* decodeJsonLines(
  content: FeedContent,
  { fieldsUnder }: Pick<JsonOptions, "fieldsUnder">,
  limits: DecodeLimits,
  page: string,
): AsyncGenerator<Decoded[]> {
  let line = "";
  let isRepaired = false;
  let records = 0;

  function endLine(): Decoded[] {
    const [text, repaired] = [line, isRepaired];
    line = "";
    isRepaired = false;
    if (text.trim() === "") return [];
    records++;
    return [jsonRecord(parseText(text, repaired), `${page}item ${records}`, fieldsUnder)];
  }

  for await (const pieces of readText(content.bytes(), markedUtf16(content.head) ?? "utf-8")) {
    const decoded: Decoded[] = [];
    for (const { text, repaired } of pieces) {
      for (const [index, part] of text.split("\n").entries()) {
        if (index > 0) decoded.push(...endLine());
        line += part;
        isRepaired ||= repaired;
      }
    }
    if (line.length > limits.recordBytes) throw recordTooLarge(`${page}item ${records + 1}`, limits.recordBytes);
    yield decoded;
  }
  yield endLine();
}
