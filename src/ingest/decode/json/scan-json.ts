import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { recordTooLarge } from "../decoded.ts";

/** Structural bytes of JSON (RFC 8259, section 2) in UTF-8. */
export const jsonBytes = {
  doubleQuote: 0x22,
  backslash: 0x5c,
  openBracket: 0x5b,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  comma: 0x2c,
  colon: 0x3a,
} as const;

/** A scan that yields when it needs more bytes. The caller continues it when the window has more bytes or is complete. */
export type Scan<T> = Generator<undefined, T, undefined>;

/** Maximum nesting depth. */
const maxDepth = 512;

const { doubleQuote, backslash, openBracket, closeBracket, openBrace, closeBrace, comma, colon } = jsonBytes;

/** Skips blanks and releases earlier bytes. Returns the next byte without consuming it, or -1 at the end. */
export function* nextByte(window: ByteWindow): Scan<number> {
  for (;;) {
    while (window.position < window.end) {
      const byte = window.bytes[window.position] ?? -1;
      if (!isBlank(byte)) {
        window.start = window.position;
        return byte;
      }
      window.position++;
    }
    window.start = window.position;
    if (window.isComplete) return -1;
    yield;
  }
}

/**
 * Moves the position behind a value. Checks that brackets match, but not the content between them. If `keep` is true, the value is in the
 * window from `start` to `position`, and must not be longer than `maxBytes`. `place` is a prefix for positions in errors, `item 3, ` or
 * empty. Throws `FeedUnreadable`: `malformed` if brackets do not match or the feed ends inside the value, `too-large`.
 */
export function* skipValue(window: ByteWindow, maxBytes: number, place: string, keep = true): Scan<void> {
  const extent = startExtent(window);
  while (!extent(window, place)) {
    if (window.isComplete) {
      if (extent === tokenExtent) return;
      throw malformed(window, place);
    }
    if (!keep) window.start = window.position;
    else if (window.position - window.start > maxBytes) throw recordTooLarge(`${place}byte ${window.offset}`, maxBytes);
    yield;
  }
}

/** Moves the position as far as possible. Returns true if the value has ended. */
type Extent = (window: ByteWindow, place: string) => boolean;

function startExtent(window: ByteWindow): Extent {
  const first = window.bytes[window.position];
  return first === openBrace || first === openBracket || first === doubleQuote ? nestedExtent() : tokenExtent;
}

/** Moves the position behind a number, a word or an invalid token, which ends before a blank or a structural byte. */
function tokenExtent(window: ByteWindow): boolean {
  while (window.position < window.end) {
    const byte = window.bytes[window.position] ?? 0;
    if (byte === comma || byte === closeBracket || byte === closeBrace || byte === colon || isBlank(byte)) return true;
    window.position++;
  }
  return false;
}

/** Returns a function that finds the end of an object, a list or a string. */
function nestedExtent(): Extent {
  const closers = new Uint8Array(maxDepth);
  let depth = 0;
  let isInString = false;
  let isEscaped = false;

  return (window, place) => {
    const { bytes, end } = window;
    let index = window.position;
    while (index < end) {
      const byte = bytes[index++];
      if (isEscaped) isEscaped = false;
      else if (isInString) {
        if (byte === backslash) isEscaped = true;
        else if (byte === doubleQuote) {
          isInString = false;
          if (depth === 0) break;
        }
      } else if (byte === doubleQuote) isInString = true;
      else if (byte === openBrace || byte === openBracket) {
        if (depth === maxDepth) throw new FeedUnreadable("malformed", { at: `${place}byte ${window.offset}`, reason: "depth" });
        closers[depth++] = byte === openBrace ? closeBrace : closeBracket;
      } else if (byte === closeBrace || byte === closeBracket) {
        if (closers[--depth] !== byte) {
          window.position = index - 1;
          throw malformed(window, place);
        }
        if (depth === 0) break;
      }
    }
    const isEnded = depth === 0 && !isInString;
    window.position = index;
    return isEnded;
  };
}

function malformed(window: ByteWindow, place: string): FeedUnreadable {
  return new FeedUnreadable("malformed", { at: `${place}byte ${window.offset}` });
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** A window on a document that arrives in chunks. Contains the bytes from `start` to `end`. */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0);
  /** Index of the first byte that is still needed. */
  start = 0;
  /** Index of the next byte to read. */
  position = 0;
  /** Index after the last received byte. */
  end = 0;
  /** True after the last chunk. */
  isComplete = false;
  /** Number of bytes of the document before `bytes[0]`. */
  #before = 0;
  /** False if `bytes` is a chunk, which must not be modified. */
  #owned = false;

  /** Position of the next byte in the document, from 0. */
  get offset(): number {
    return this.#before + this.position;
  }

  /** Adds a chunk. Copies it only if earlier bytes are still needed. */
  push(chunk: Uint8Array): void {
    const kept = this.end - this.start;
    if (kept > 0 && this.#owned && this.end + chunk.length <= this.bytes.length) {
      this.bytes.set(chunk, this.end);
      this.end += chunk.length;
      return;
    }
    const before = this.bytes.subarray(this.start, this.end);
    this.#owned = kept > 0;
    this.bytes = chunk;
    if (this.#owned) {
      // A buffer of double size, so that a long record is not copied again for each of its chunks.
      this.bytes = new Uint8Array(2 * (kept + chunk.length));
      this.bytes.set(before);
      this.bytes.set(chunk, kept);
    }
    this.#before += this.start;
    this.position -= this.start;
    this.start = 0;
    this.end = kept + chunk.length;
  }
}
