import { recordTooLarge } from "../record-too-large.ts";
import { longestStretch } from "./read-xml.ts";

const escaped = /_x([0-9A-Fa-f]{4})_/g;

/** Decodes the escapes of Excel: `_x000D_` is a carriage return, `_x005F_` an underscore. */
export function decodedText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Joins the texts of an `si` or `is` element: plain text or runs of rich text, without phonetic readings (`rPh`). */
export class TextRuns {
  readonly #at: string;
  #text = "";
  #isText = false;
  #phonetic = 0;

  /** `at`: the part, for error messages. */
  constructor(at: string) {
    this.#at = at;
  }

  open(element: string): void {
    if (element === "rPh") this.#phonetic++;
    if (element === "t") this.#isText = this.#phonetic === 0;
  }

  /** Adds text. Throws `FeedUnreadable` (`too-large`) if the runs exceed 16 MB. */
  text(text: string): void {
    if (!this.#isText) return;
    this.#text += text;
    if (this.#text.length > longestStretch) throw recordTooLarge(this.#at, longestStretch);
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
