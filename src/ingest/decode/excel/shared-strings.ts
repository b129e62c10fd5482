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
  #text = "";
  #isText = false;
  #phonetic = 0;

  /** `at` is the name of the part, for errors. */
  constructor(private readonly at: string) {}

  open(element: string): void {
    if (element === "rPh") this.#phonetic++;
    if (element === "t") this.#isText = this.#phonetic === 0;
  }

  /** Adds text. Throws `FeedUnreadable` (`too-large`) if the joined text exceeds `maxStretch`. */
  text(text: string): void {
    if (!this.#isText) return;
    this.#text += text;
    if (this.#text.length > maxStretch) throw recordTooLarge(this.at, maxStretch);
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

const blockBytes = 1024 ** 2;

/**
 * Stores many texts as UTF-8 outside the heap. This takes half the memory of strings, which need two bytes per character if they contain a
 * single ’ or œ.
 */
export class TextStore {
  readonly #blocks: Buffer[] = [];
  /** Used bytes of the last block. */
  #used = 0;
  /** Three numbers for each text: its block, its start and its end there. */
  #places = new Uint32Array(3 * 1024);
  #count = 0;
  #bytes = 0;

  /** Size of the store in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  add(text: string): void {
    const size = Buffer.byteLength(text);
    let block = this.#blocks.at(-1);
    if (block === undefined || block.length - this.#used < size) {
      block = Buffer.allocUnsafeSlow(Math.max(blockBytes, size));
      this.#blocks.push(block);
      this.#used = 0;
      this.#bytes += block.length;
    }
    const end = this.#used + block.write(text, this.#used, "utf8");
    this.#notePlace([this.#blocks.length - 1, this.#used, end]);
    this.#used = end;
  }

  /** Returns the text at a position from 0, in insertion order. */
  at(position: number): string | undefined {
    if (!(position >= 0 && position < this.#count)) return undefined;
    const [block = 0, start, end] = this.#places.subarray(3 * position, 3 * position + 3);
    return this.#blocks[block]?.toString("utf8", start, end);
  }

  #notePlace(place: readonly number[]): void {
    if (3 * this.#count === this.#places.length) {
      const larger = new Uint32Array(2 * this.#places.length);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places.set(place, 3 * this.#count++);
  }
}

/** Maximum size of all shared texts in memory, bytes. */
const maxBytes = 256 * 1024 ** 2;

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
