/** What a cell of an OpenDocument sheet shows, and where it leads. */
interface ShownText {
  /** Its paragraphs, a line break between them. */
  readonly text: string;
  /** Address of its first link to outside the file. */
  readonly link?: string;
}

/** Elements around paragraphs. Whatever else lies in a cell (annotations, drawings, nested tables) is no text of it. */
const aroundParagraphs: ReadonlySet<string> = new Set(["list", "list-item", "list-header", "section"]);
/** Elements within a paragraph that are no part of its text: remarks, phonetic readings, drawings. */
const notShown: ReadonlySet<string> = new Set(["annotation", "note", "ruby-text", "frame", "custom-shape", "object"]);
/** Most blanks that one element stands for. */
const mostBlanks = 10_000;
const hasRun = /[\t\r\n]| {2}/;

/** Gathers the text inside of a cell element. Blanks are as the format has them: a run in the XML is one, `text:s` are as many as it says. */
export class CellText {
  readonly #longest: number;
  #text = "";
  #link: string | undefined;
  #paragraphs = 0;
  /** Elements open within the paragraph, itself included; 0 outside of one. */
  #level = 0;
  /** Elements open within one that is not shown, itself included. */
  #hidden = 0;
  /** What stands before is a blank that takes the next ones in, or nothing. */
  #afterBlank = true;

  /** @param longest characters after which no more is gathered */
  constructor(longest: number) {
    this.#longest = longest;
  }

  open(element: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#hidden > 0) this.#hidden++;
    else if (this.#level > 0) this.#openInParagraph(element, attributes);
    else if (element === "p" || element === "h") this.#openParagraph();
    else if (!aroundParagraphs.has(element)) this.#hidden++;
  }

  text(text: string): void {
    if (this.#level === 0 || this.#hidden > 0) return;
    const folded = hasRun.test(text) ? text.replace(/[ \t\r\n]+/g, " ") : text;
    this.#add(this.#afterBlank && folded.startsWith(" ") ? folded.slice(1) : folded);
    this.#afterBlank = folded === "" ? this.#afterBlank : folded.endsWith(" ");
  }

  close(): void {
    if (this.#hidden > 0) this.#hidden--;
    else if (this.#level > 0) this.#level--;
  }

  /** The cell's text; the next one begins empty. */
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
    if (notShown.has(element)) {
      this.#hidden++;
      return;
    }
    this.#level++;
    if (element === "a") this.#link ??= externalAddress(attributes["xlink:href"]);
    const stands = element === "s" ? blanks(attributes["text:c"]) : element === "tab" ? "\t" : element === "line-break" ? "\n" : "";
    if (stands === "") return;
    this.#add(stands);
    this.#afterBlank = false;
  }

  #add(text: string): void {
    if (this.#text.length <= this.#longest) this.#text += text;
  }
}

function blanks(count: string | undefined): string {
  const number = Number(count ?? 1);
  return " ".repeat(Number.isInteger(number) && number > 0 ? Math.min(number, mostBlanks) : 1);
}

/** `#Feuille1.A1` is a place in the file itself. */
function externalAddress(address: string | undefined): string | undefined {
  return address === undefined || address === "" || address.startsWith("#") ? undefined : address;
}
