import { TextDecoder } from "node:util";
import { SaxesParser } from "saxes";
import { FeedUnreadable } from "../../../model/run/run-error.ts";
import { recordTooLarge } from "../decoded.ts";

/** Receives XML events; names are without namespace prefix. */
export interface XmlEvents {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Maximum nesting depth; Office writes about ten levels. */
const maxDepth = 256;
/** Maximum length of a text, a tag or a comment, characters. A cell has at most 32,767. */
export const maxStretch = 16 * 1024 ** 2;

/**
 * Parses XML as a stream and reports `events`. Yields after each chunk, so that the caller can pass results on. Throws `FeedUnreadable`
 * with the part's name: `forbidden-xml` for a document type (entities, external parts), `malformed` if not well-formed.
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
    // Accepts control characters that XML forbids, as Excel's repair does. Cleaning removes them later.
    if (error.message !== "disallowed character.") throw new FeedUnreadable("malformed", { at, reason: error.message });
  });
  return {
    write(text) {
      stretch += text.length;
      parser.write(text);
      if (stretch > maxStretch) throw recordTooLarge(at, maxStretch);
    },
    finish() {
      parser.close();
    },
  };
}

/** Returns the decoder for the first bytes: by byte order mark, UTF-16 pattern or declaration, else UTF-8. */
function decoderFor(start: Uint8Array): TextDecoder {
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return new TextDecoder("utf-16le");
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return new TextDecoder("utf-16be");
  const declaration = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(Buffer.from(start.subarray(0, 200)).toString("latin1"));
  const label = declaration?.[1] ?? "utf-8";
  try {
    return new TextDecoder(/^utf-?16/i.test(label) ? "utf-8" : label);
  } catch {
    return new TextDecoder("utf-8");
  }
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}
