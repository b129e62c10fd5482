import type { ByteWindow } from "./byte-window.ts";
import { jsonBytes } from "./json-bytes.ts";
import { nextByte, type Scan, skipValue } from "./scan-json.ts";

const { openBrace, closeBrace } = jsonBytes;

/**
 * Returns whether a document has a value other than `null` at this path of keys. Checks little: reading the records finds what is
 * malformed.
 */
export function* hasPath(window: ByteWindow, path: readonly string[]): Scan<boolean> {
  for (const step of path) {
    if ((yield* nextByte(window)) !== openBrace) return false;
    window.position++;
    if (!(yield* findKey(window, step))) return false;
  }
  return (yield* nextByte(window)) !== 0x6e;
}

/** Moves to the value of a key in the current object. */
function* findKey(window: ByteWindow, wanted: string): Scan<boolean> {
  for (;;) {
    const byte = yield* nextByte(window);
    if (byte === closeBrace || byte === -1) return false;
    yield* skipValue(window, longestKey, "");
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

const longestKey = 64 * 1024;
