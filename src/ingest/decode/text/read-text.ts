import { Buffer } from "node:buffer";
import type { FeedContent } from "../container/open-feed.ts";
import { hasUtf8Mark } from "./encoding-marks.ts";
import { incompleteTailLength, repairUtf8, type TextPiece } from "./utf8.ts";

/** Strings made from larger slices leave V8's young generation, which is slow: with 64 KB, reading XML took a third longer. */
const maxSliceSize = 16 * 1024;

/** Splits a chunk into slices of at most 16 KB, so that memory does not depend on the size of chunks. */
export function* inSlices(chunk: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < chunk.length; from += maxSliceSize) yield chunk.subarray(from, from + maxSliceSize);
}

/**
 * Decodes bytes in this encoding (a WHATWG label) and removes the byte order mark. Chunks may split characters. Invalid UTF-8 is repaired;
 * in other encodings, invalid bytes become U+FFFD. These pieces are marked as repaired.
 */
export async function* readText(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<TextPiece[]> {
  const reader = encoding === "utf-8" ? new Utf8Reader() : new EncodedReader(encoding);
  for await (const chunk of chunks) {
    for (const slice of inSlices(chunk)) {
      const pieces = reader.push(slice);
      if (pieces.length > 0) yield pieces;
    }
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}

/** Returns the bytes without a byte order mark. UTF-16 becomes UTF-8; bytes in other encodings stay as they are. */
export async function* utf8Bytes(content: FeedContent, encoding: string): AsyncGenerator<Uint8Array> {
  if (encoding !== "utf-8" && isWrittenAsUtf8(encoding)) {
    for await (const pieces of readText(content.bytes(), encoding)) yield Buffer.from(pieces.map(({ text }) => text).join(""), "utf8");
    return;
  }
  let mark = encoding === "utf-8" && hasUtf8Mark(content.head) ? 3 : 0;
  for await (const chunk of content.bytes()) {
    const skipped = Math.min(mark, chunk.length);
    mark -= skipped;
    yield chunk.subarray(skipped);
  }
}

/** Returns true if the bytes of `utf8Bytes` are UTF-8. UTF-16 is converted, because line ends cannot be found in its bytes. */
export function isWrittenAsUtf8(encoding: string): boolean {
  return encoding === "utf-8" || encoding.startsWith("utf-16");
}

class Utf8Reader {
  #carried: Uint8Array = new Uint8Array(0);
  #atStart = true;

  push(chunk: Uint8Array): TextPiece[] {
    const bytes = this.#carried.length === 0 ? chunk : Buffer.concat([this.#carried, chunk]);
    const complete = bytes.length - incompleteTailLength(bytes);
    // `slice` copies the bytes, because the owner of the chunk may reuse its memory.
    this.#carried = bytes.slice(complete);
    return this.#withoutMark(repairUtf8(bytes.subarray(0, complete)));
  }

  end(): TextPiece[] {
    return this.#withoutMark(repairUtf8(this.#carried));
  }

  #withoutMark(pieces: TextPiece[]): TextPiece[] {
    const [first] = pieces;
    if (!this.#atStart || first === undefined) return pieces;
    this.#atStart = false;
    if (!first.text.startsWith("\uFEFF")) return pieces;
    return [{ ...first, text: first.text.slice(1) }, ...pieces.slice(1)];
  }
}

class EncodedReader {
  readonly #decoder: InstanceType<typeof TextDecoder>;
  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding);
  }

  push(chunk: Uint8Array): TextPiece[] {
    return marked(this.#decoder.decode(chunk, { stream: true }));
  }

  end(): TextPiece[] {
    return marked(this.#decoder.decode());
  }
}

function marked(text: string): TextPiece[] {
  return text
    .split(/(\uFFFD+)/)
    .filter((part) => part !== "")
    .map((part) => ({ text: part, repaired: part.startsWith("\uFFFD") }));
}
