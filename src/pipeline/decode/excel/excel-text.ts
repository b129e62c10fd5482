const escaped = /_x([0-9A-Fa-f]{4})_/g;

/** A text as Excel stores it, its escapes decoded: `_x000D_` is a carriage return, `_x005F_` an underscore. */
export function decodedText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Joins the texts of an `si` or `is` element: plain text or runs of rich text; phonetic readings (`rPh`) are no part of it. */
export class TextRuns {
  #text = "";
  #isText = false;
  #phonetic = 0;

  open(element: string): void {
    if (element === "rPh") this.#phonetic++;
    if (element === "t") this.#isText = this.#phonetic === 0;
  }

  text(text: string): void {
    if (this.#isText) this.#text += text;
  }

  close(element: string): void {
    if (element === "rPh") this.#phonetic--;
    if (element === "t") this.#isText = false;
  }

  /** The text so far; the next one begins empty. */
  take(): string {
    const text = decodedText(this.#text);
    this.#text = "";
    return text;
  }
}
