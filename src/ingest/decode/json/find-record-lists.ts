import { isRecord } from "../../../kit/expressions/field-path.ts";
import { areRecords, type Recognition } from "../decoded.ts";
import { parseValue, recordFields } from "./json-record.ts";
import { type ByteWindow, jsonBytes, nextByte, type Scan, skipValue } from "./scan-json.ts";

/** Deeper lists are parts of records. */
const maxDepth = 4;
/** Number of records that show the fields of a list. */
const recordsCompared = 50;

interface ListSearch extends Required<Recognition> {
  readonly fieldsUnder: string | undefined;
  /** Maximum size of a record, bytes. */
  readonly recordBytes: number;
}

const { openBracket, closeBracket, openBrace, closeBrace } = jsonBytes;

/**
 * Searches a document for lists of the connector's records, in objects up to four keys deep, and adds their paths to `found`. Throws
 * `FeedUnreadable`: `malformed`, `too-large`.
 */
export function* findRecordLists(window: ByteWindow, search: ListSearch, found: (readonly string[])[]): Scan<void> {
  yield* searchValue(window, search, found, []);
}

function* searchValue(window: ByteWindow, search: ListSearch, found: (readonly string[])[], path: readonly string[]): Scan<void> {
  const first = yield* nextByte(window);
  if (first === openBracket) {
    const names = yield* namesInList(window, search);
    if (areRecords(search, names)) found.push(path);
  } else if (first === openBrace && path.length < maxDepth) {
    window.position++;
    while ((yield* nextByte(window)) !== closeBrace) {
      const key = yield* wholeValue(window, search);
      yield* pastByte(window);
      yield* searchValue(window, search, found, [...path, String(key)]);
      if ((yield* nextByte(window)) !== closeBrace) window.position++;
      if (window.isComplete && window.position >= window.end) return;
    }
    window.position++;
  } else yield* skipValue(window, 0, "", false);
}

/** Moves behind a list. Returns the fields of its first records. */
function* namesInList(window: ByteWindow, search: ListSearch): Scan<ReadonlySet<string>> {
  const names = new Set<string>();
  window.position++;
  for (let members = 0; (yield* nextByte(window)) !== closeBracket; members++) {
    if (members < recordsCompared) {
      const value = yield* wholeValue(window, search);
      if (isRecord(value)) for (const name of Object.keys(recordFields(value, search.fieldsUnder))) names.add(name);
    } else yield* skipValue(window, 0, "", false);
    if ((yield* nextByte(window)) !== closeBracket) window.position++;
    if (window.isComplete && window.position >= window.end) return names;
  }
  window.position++;
  return names;
}

function* wholeValue(window: ByteWindow, { recordBytes }: ListSearch): Scan<unknown> {
  yield* nextByte(window);
  yield* skipValue(window, recordBytes, "");
  return parseValue(window.bytes.subarray(window.start, window.position)).value;
}

/** Moves behind the next byte: a colon. */
function* pastByte(window: ByteWindow): Scan<void> {
  yield* nextByte(window);
  window.position++;
}
