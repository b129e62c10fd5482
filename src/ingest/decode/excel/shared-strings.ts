import { recordTooLarge } from "../decoded.ts";
import { decompressionLimit, type OfficePackage } from "./open-package.ts";
import { maxStretch, readXml } from "./read-xml.ts";

const escaped = /_x([0-9A-Fa-f]{4})_/g;

/** Decodes the escapes of Excel: `_x000D_` is a carriage return, and `_x005F_` is an underscore. */
export function decodedText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Joins the texts of an `si` or `is` element: plain text, or runs of rich text. Ignores phonetic readings (`rPh`). */
export class TextRuns {
  readonly #at: string;
  #text = "";
  #isText = false;
  #phonetic = 0;

  /** `at` is the name of the part, for errors. */
  constructor(at: string) {
    this.#at = at;
  }

  open(element: string): void {
    if (element === "rPh") this.#phonetic++;
    if (element === "t") this.#isText = this.#phonetic === 0;
  }

  /** Adds text. Throws `FeedUnreadable` (`too-large`) if the joined text exceeds `maxStretch`. */
  text(text: string): void {
    if (!this.#isText) return;
    this.#text += text;
    if (this.#text.length > maxStretch) throw recordTooLarge(this.#at, maxStretch);
  }

  close(element: string): void {
    if (element === "rPh") this.#phonetic--;
    if (element === "t") this.#isText = false;
  }

  /** Returns the text and clears it. */
  take(): string {
    const text = decodedText(this.#text);
    this.#text = "";
    return text;
  }
}

interface Page {
  readonly bytes: Buffer;
  /** Position of the end of each text in `bytes`. */
  readonly ends: Uint32Array;
}

const pageSize = 1024;

/**
 * Stores many texts as UTF-8 outside the heap. This takes half the memory of strings, which need two bytes per character if they contain a
 * single ’ or œ.
 */
export class TextStore {
  readonly #pages: Page[] = [];
  #latest: string[] = [];
  #bytes = 0;

  /** Approximate size in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  add(text: string): void {
    this.#bytes += text.length + 16;
    this.#latest.push(text);
    if (this.#latest.length === pageSize) this.#closePage();
  }

  /** Returns the text at a position from 0, in insertion order. */
  at(position: number): string | undefined {
    const page = this.#pages[Math.floor(position / pageSize)];
    if (page === undefined) return this.#latest[position - this.#pages.length * pageSize];
    const place = position % pageSize;
    const end = page.ends[place];
    return end === undefined ? undefined : page.bytes.toString("utf8", place === 0 ? 0 : page.ends[place - 1], end);
  }

  #closePage(): void {
    const ends = new Uint32Array(pageSize);
    let end = 0;
    for (const [place, text] of this.#latest.entries()) {
      end += Buffer.byteLength(text);
      ends[place] = end;
    }
    this.#pages.push({ bytes: Buffer.from(this.#latest.join("")), ends });
    this.#latest = [];
  }
}

/** Maximum size of all shared texts in memory, bytes. */
const maxBytes = 512 * 1024 ** 2;

/** Reads the shared texts into memory, because a cell may refer to any text by its position. */
export async function readSharedStrings(file: OfficePackage, part: string | null, decompressedBytes: number): Promise<TextStore> {
  const texts = new TextStore();
  if (part === null || !file.has(part)) return texts;
  const runs = new TextRuns(part);
  await readXml(file.read(part, decompressedBytes), part, {
    open: (element) => runs.open(element),
    text: (text) => runs.text(text),
    close(element) {
      runs.close(element);
      if (element !== "si") return;
      texts.add(runs.take());
      if (texts.bytes > maxBytes) throw decompressionLimit(part, maxBytes);
    },
  });
  return texts;
}
