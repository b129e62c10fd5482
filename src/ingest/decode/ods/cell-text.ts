/** The shown text and the link of a cell. */
interface ShownText {
  /** The paragraphs of the cell, separated by line breaks. */
  readonly text: string;
  /** The first link of the cell that leads outside the file. */
  readonly link?: string;
}

/** Elements that contain paragraphs. Other elements in a cell (annotations, drawings, nested tables) are ignored. */
const paragraphContainers: ReadonlySet<string> = new Set(["list", "list-item", "list-header", "section"]);
/** Ignored elements in a paragraph: notes, phonetic readings, drawings. */
const hiddenElements: ReadonlySet<string> = new Set(["annotation", "note", "ruby-text", "frame", "custom-shape", "object"]);
/** Maximum number of blanks for one `text:s` element. */
const maxBlanks = 10_000;
const blankRun = /[\t\r\n]| {2}/;

/** Collects the text of a cell element. Several blanks in the XML count as one; the element `text:s` declares a number of blanks. */
export class CellText {
  #text = "";
  #link: string | undefined;
  #paragraphs = 0;
  /** Number of open elements from the paragraph on; 0 outside a paragraph. */
  #level = 0;
  /** Number of open elements from an ignored element on. */
  #hidden = 0;
  /** True after a blank or at the start: the next blank is then dropped. */
  #afterBlank = true;

  /** `maxLength`, in characters: text beyond it is dropped. */
  constructor(private readonly maxLength: number) {}

  open(element: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#hidden > 0) this.#hidden++;
    else if (this.#level > 0) this.#openInParagraph(element, attributes);
    else if (element === "p" || element === "h") this.#openParagraph();
    else if (!paragraphContainers.has(element)) this.#hidden++;
  }

  text(text: string): void {
    if (this.#level === 0 || this.#hidden > 0) return;
    const folded = blankRun.test(text) ? text.replace(/[ \t\r\n]+/g, " ") : text;
    this.#add(this.#afterBlank && folded.startsWith(" ") ? folded.slice(1) : folded);
    this.#afterBlank = folded === "" ? this.#afterBlank : folded.endsWith(" ");
  }

  close(): void {
    if (this.#hidden > 0) this.#hidden--;
    else if (this.#level > 0) this.#level--;
  }

  /** Returns the text and link, and clears them. */
  take(): ShownText {
    const shown = { text: this.#text, ...(this.#link === undefined ? {} : { link: this.#link }) };
    this.#text = "";
    this.#link = undefined;
    this.#paragraphs = 0;
    return shown;
  }

  #openParagraph(): void {
    if (this.#paragraphs > 0) this.#add("\n");
    this.#paragraphs++;
    this.#level = 1;
    this.#afterBlank = true;
  }

  #openInParagraph(element: string, attributes: Readonly<Record<string, string>>): void {
    if (hiddenElements.has(element)) {
      this.#hidden++;
      return;
    }
    this.#level++;
    if (element === "a") this.#link ??= externalAddress(attributes["xlink:href"]);
    const inserted = element === "s" ? blanks(attributes["text:c"]) : element === "tab" ? "\t" : element === "line-break" ? "\n" : "";
    if (inserted === "") return;
    this.#add(inserted);
    this.#afterBlank = false;
  }

  #add(text: string): void {
    if (this.#text.length <= this.maxLength) this.#text += text;
  }
}

function blanks(count: string | undefined): string {
  const number = Number(count ?? 1);
  return " ".repeat(Number.isInteger(number) && number > 0 ? Math.min(number, maxBlanks) : 1);
}

/** Returns the address if it is external. `#Feuille1.A1` is a place in the file itself. */
function externalAddress(address: string | undefined): string | undefined {
  return address === undefined || address === "" || address.startsWith("#") ? undefined : address;
}
