import { Buffer } from "node:buffer";
import type { DecodeOptions } from "../../../kit/definition.ts";
import type { FeedContent } from "../container/open-feed.ts";
import type { Decoded, DecodeLimits } from "../decoded.ts";
import { hasUtf8Mark, markedUtf16 } from "../text/encoding-marks.ts";
import { inSlices } from "../text/in-slices.ts";
import { readText } from "../text/read-text.ts";
import { ByteWindow } from "./byte-window.ts";
import { decodeJsonLines } from "./decode-json-lines.ts";
import { hasPath } from "./find-record-path.ts";
import { JsonDocument } from "./json-document.ts";
import { JsonEnvelope } from "./json-envelope.ts";
import type { Scan } from "./scan-json.ts";

type JsonOptions = Extract<DecodeOptions, { format: "json" }>;

/**
 * Reads a JSON document or JSON lines. A scan of the bytes finds where each record ends, `JSON.parse` reads it; the rest of the document is checked as strictly.
 * @param page put before every locator: `page 2, ` or nothing
 * @throws FeedUnreadable `malformed`, `no-such-path`, `envelope-says-error`, `too-large`
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
  const window = new ByteWindow();
  const { fieldsUnder } = options;
  const document = new JsonDocument(window, {
    path,
    fieldsUnder,
    envelope: new JsonEnvelope(options),
    recordBytes: limits.recordBytes,
    page,
  });
  const scan = document.read();
  try {
    for await (const _ of steps(scan, window, content)) yield document.take();
  } catch (error) {
    // What stood before the place where the document breaks is given all the same.
    yield document.take();
    throw error;
  }
}

/** The first of the declared paths that the document has; the last one where it has none, which then is missed by name. */
async function chooseRecordPath(content: FeedContent, declared: string | readonly string[]): Promise<readonly string[]> {
  const paths = (typeof declared === "string" ? [declared] : declared).map((path) => (path === "" ? [] : path.split(".")));
  for (const path of paths.slice(0, -1)) {
    const window = new ByteWindow();
    const scan = hasPath(window, path);
    let found: boolean | undefined;
    for await (const step of steps(scan, window, content)) found = step;
    if (found === true) return path;
  }
  return paths.at(-1) ?? [];
}

/** Runs a scan over the bytes of a document; yields after each slice, the last time what the scan gives. */
async function* steps<T>(scan: Scan<T>, window: ByteWindow, content: FeedContent): AsyncGenerator<T | undefined> {
  for await (const chunk of utf8Bytes(content)) {
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

/** The bytes as UTF-8 without a mark. */
async function* utf8Bytes(content: FeedContent): AsyncGenerator<Uint8Array> {
  const utf16 = markedUtf16(content.head);
  if (utf16 !== null) {
    for await (const pieces of readText(content.bytes(), utf16)) yield Buffer.from(pieces.map((piece) => piece.text).join(""), "utf8");
    return;
  }
  let marked = hasUtf8Mark(content.head) ? 3 : 0;
  for await (const chunk of content.bytes()) {
    const skipped = Math.min(marked, chunk.length);
    marked -= skipped;
    yield chunk.subarray(skipped);
  }
}
