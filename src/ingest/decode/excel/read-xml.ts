import { TextDecoder } from "node:util";
import { SaxesParser } from "saxes";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { recordTooLarge } from "../decoded.ts";
import { declaredEncoding } from "../text/encoding-marks.ts";
import { joinText } from "../xml/xml-parser.ts";
import { localName } from "../xml/xml-value.ts";

/** Receives XML events. Names have no namespace prefix. */
export interface XmlEvents {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Maximum nesting depth. Office writes about ten levels. */
const maxDepth = 256;
/** Maximum length of a text, a tag or a comment, characters. A cell has at most 32,767. */
export const maxStretch = 16 * 1024 ** 2;

/**
 * Parses XML as a stream and calls `events`. Yields after each chunk, so that the caller can use the results. `at` is the name of the part,
 * for errors. Throws `FeedUnreadable`: `forbidden-xml` for a document type or too deep nesting, `malformed`, `too-large`.
 */
export async function* streamXml(bytes: AsyncIterable<Uint8Array>, at: string, events: XmlEvents): AsyncGenerator<void> {
  const parser = parserFor(at, events);
  let decoder: TextDecoder | null = null;
  for await (const chunk of bytes) {
    decoder ??= decoderFor(chunk);
    parser.write(decoder.decode(chunk, { stream: true }));
    yield;
  }
  parser.write(decoder?.decode() ?? "");
  parser.finish();
  yield;
}

/** Parses a whole XML part. */
export async function readXml(bytes: AsyncIterable<Uint8Array>, at: string, events: XmlEvents): Promise<void> {
  const chunks = streamXml(bytes, at, events);
  while (!(await chunks.next()).done);
}

/** Returns true for the attribute value `1` or `true`. */
export function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}

function parserFor(at: string, events: XmlEvents): { write(text: string): void; finish(): void } {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  let depth = 0;
  let stretch = 0;
  parser.on("doctype", () => {
    throw new FeedUnreadable("forbidden-xml", { what: "DTD", at });
  });
  parser.on("opentag", (tag) => {
    stretch = 0;
    if (++depth > maxDepth) throw new FeedUnreadable("forbidden-xml", { what: "depth", at });
    events.open(localName(tag.name), tag.attributes);
  });
  parser.on("closetag", (tag) => {
    stretch = 0;
    depth--;
    events.close?.(localName(tag.name));
  });
  parser.on("text", (text) => events.text?.(text));
  parser.on("cdata", (text) => events.text?.(text));
  parser.on("error", (error) => {
    // Accepts control characters that XML forbids, as Excel does. Mapping removes them.
    if (error.message !== "disallowed character.") throw new FeedUnreadable("malformed", { at, reason: error.message });
  });
  return {
    write(text) {
      stretch += text.length;
      parser.write(text);
      joinText(parser, stretch - text.length, stretch);
      if (stretch > maxStretch) throw recordTooLarge(at, maxStretch);
    },
    finish() {
      parser.close();
    },
  };
}

/** Returns the decoder by byte order mark, UTF-16 pattern or declaration. The default is UTF-8. `start` is the first chunk. */
function decoderFor(start: Uint8Array): TextDecoder {
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return new TextDecoder("utf-16le");
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return new TextDecoder("utf-16be");
  const declaration = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(Buffer.from(start.subarray(0, 200)).toString("latin1"));
  return new TextDecoder(declaredEncoding(declaration?.[1] ?? "utf-8") ?? "utf-8");
}
