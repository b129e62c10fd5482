import { kinds } from "../text/character-kinds.ts";
import { foldBlanks } from "../text/fold-blanks.ts";
import { cellTag, escapeAttribute, escapeText, listTag } from "./html-markup.ts";
import { InlineFormats } from "./inline-formats.ts";
import type { Attributes } from "./markup-sink.ts";
import { cells, closings, type ElementKind, elementKinds, formatTags, headingTags, lists } from "./markup-tags.ts";

/** An open element. Its tag is written before its first content, so empty elements are never written. */
interface OpenElement {
  readonly tag: string;
  readonly kind: ElementKind;
  readonly markup: string;
  /** Number of wanted formats when the element was opened. Formats opened inside end with the element. */
  base: number;
  /** The end of this list item was read. A list that follows still belongs to the item. */
  isClosed: boolean;
  /** Empty cells of this row that are not written yet. */
  emptyCells: string;
}

const blanks = kinds.blank | kinds.lineBreak | kinds.doubledBlank;
const folds = kinds.lineBreak | kinds.doubledBlank;
const escapes = kinds.ampersand | kinds.mark | kinds.tagStart;

/** Maximum nesting. Deeper elements are dropped, and their texts are kept. */
const maxNesting = 30;

/**
 * Writes canonical HTML from tags in any order: well nested, without empty elements. At the root and in quotes, texts are in paragraphs,
 * and two `<br>` start a new paragraph. In list items, cells and headings, `<br>` separates paragraphs. Blanks are folded, and moved out of
 * formats.
 */
export class HtmlWriter {
  private out = "";
  private readonly stack: OpenElement[] = [];
  /** Number of elements on the stack whose start tag is written. Text goes into the last of them. */
  private written = 0;
  private readonly formats = new InlineFormats();
  private inRun = false;
  private breaks = 0;
  private hasBlank = false;
  /** Number of wanted formats when the paragraph was opened; -1 outside paragraphs. */
  private paragraphBase = -1;

  /** Closes all elements and returns the HTML. */
  end(): string {
    this.popTo(0);
    this.endRun();
    return this.out;
  }

  /** Writes a text with these `kinds` of characters. Line breaks count as blanks. */
  text(text: string, found: number): void {
    if ((found & ~blanks) === 0) {
      this.hasBlank ||= text !== "";
      return;
    }
    const startsBlank = isBlank(text.charCodeAt(0));
    const endsBlank = isBlank(text.charCodeAt(text.length - 1));
    const trimmed = startsBlank || endsBlank ? text.trim() : text;
    if (trimmed === "") {
      this.hasBlank ||= startsBlank;
      return;
    }
    const folded = (found & folds) === 0 ? trimmed : foldBlanks(trimmed);
    this.startText(startsBlank);
    this.out += (found & escapes) === 0 ? folded : escapeText(folded);
    this.hasBlank = endsBlank;
  }

  /** Writes a line break. */
  lineBreak(): void {
    if (!this.inRun) return;
    this.breaks++;
    this.hasBlank = false;
    if (this.breaks > 1 && this.isFlow(this.written)) this.endRun();
  }

  /** Separates texts at the edge of a paragraph or unknown block. */
  boundary(): void {
    if (!this.inRun) return;
    if (this.isFlow(this.written)) this.endRun();
    else {
      this.breaks = 1;
      this.hasBlank = false;
    }
  }

  openParagraph(): void {
    this.boundary();
    this.paragraphBase = this.formats.wantedCount();
  }

  closeParagraph(): void {
    this.boundary();
    if (this.paragraphBase >= 0) this.formats.cutWanted(this.paragraphBase);
    this.paragraphBase = -1;
  }

  openFormat(tag: string): void {
    const canonical = formatTags.get(tag) ?? tag;
    this.formats.want(canonical, `<${canonical}>`);
  }

  /** Ends an inline format or a link. */
  closeFormat(tag: string): void {
    this.unwant(formatTags.get(tag) ?? tag);
  }

  openLink(href: string | null): void {
    this.unwant("a");
    if (href !== null) this.formats.want("a", `<a href="${escapeAttribute(href)}" rel="noopener">`);
  }

  isInLink(): boolean {
    return this.formats.isWanted("a");
  }

  /** Opens a heading, a quote or a table. */
  openBlock(tag: string): void {
    this.boundary();
    const canonical = headingTags.get(tag) ?? tag;
    if (this.makeRoom()) this.push(canonical, `<${canonical}>`);
  }

  openList(isOrdered: boolean, attributes: Attributes): void {
    this.boundary();
    const top = this.top();
    if (top?.tag === "li") top.isClosed = false;
    if (this.makeRoom()) this.push(isOrdered ? "ol" : "ul", listTag(isOrdered, attributes));
  }

  openListItem(): void {
    this.boundary();
    const list = this.find(lists, cells);
    if (list >= 0) this.popTo(list + 1);
    else if (this.makeRoom()) this.push("ul", "<ul>");
    else return;
    this.push("li", "<li>");
  }

  /** Opens `caption`, `thead`, `tbody`, `tfoot` or `tr`. Outside a table, only separates texts. */
  openTablePart(tag: string): void {
    this.boundary();
    const table = this.find(["table"], []);
    if (table < 0) return;
    const canonical = tag === "tfoot" ? "tbody" : tag;
    if (canonical === "tr") {
      const part = this.find(["thead", "tbody"], ["table"]);
      this.popTo(Math.max(table, part) + 1);
      if (part < 0) this.push("tbody", "<tbody>");
    } else this.popTo(table + 1);
    this.push(canonical, `<${canonical}>`);
  }

  /** Opens a cell in the open row, or in a new one. */
  openCell(tag: string, attributes: Attributes): void {
    this.boundary();
    if (this.find(["tr"], ["table"]) < 0) this.openTablePart("tr");
    const row = this.find(["tr"], ["table"]);
    if (row < 0) return;
    this.popTo(row + 1);
    this.push(tag, cellTag(tag, attributes));
  }

  /** Closes a list, heading, quote or cell with its content, if it is open. */
  closeElement(tag: string): void {
    this.boundary();
    const closing = closings.get(tag);
    const index = closing === undefined ? -1 : this.find(closing.tags, closing.barriers);
    if (index < 0) return;
    const item = tag === "li" ? this.stack[index] : undefined;
    this.popTo(item === undefined ? index : index + 1);
    if (item === undefined) return;
    item.isClosed = true;
    this.formats.cutWanted(item.base);
  }

  private top(): OpenElement | undefined {
    // Reading an index of -1 is slow.
    return this.stack.length === 0 ? undefined : this.stack[this.stack.length - 1];
  }

  /** Returns the index of the innermost open element with one of these tags, or -1. Does not search beyond a barrier. */
  private find(tags: readonly string[], barriers: readonly string[]): number {
    for (let index = this.stack.length - 1; index >= 0; index--) {
      const tag = this.stack[index]?.tag ?? "";
      if (tags.includes(tag)) return index;
      if (barriers.includes(tag)) return -1;
    }
    return -1;
  }

  /** Prepares the stack for a block. Returns false if the block would be nested too deep. */
  private makeRoom(): boolean {
    while (this.top()?.kind.isLine) this.popTo(this.stack.length - 1);
    this.makePlaceForText();
    return this.stack.length < maxNesting;
  }

  /** Opens missing list items and cells, because lists, tables and rows cannot contain text. */
  private makePlaceForText(): void {
    for (;;) {
      const top = this.top();
      if (top === undefined) return;
      const { child } = top.kind;
      if (child !== undefined) this.push(child, `<${child}>`);
      else if (top.isClosed) this.popTo(this.stack.length - 1);
      else return;
    }
  }

  private push(tag: string, markup: string): void {
    const kind = elementKinds.get(tag);
    if (kind === undefined) return;
    this.stack.push({ tag, kind, markup, base: this.formats.wantedCount(), isClosed: false, emptyCells: "" });
    this.paragraphBase = -1;
  }

  private popTo(length: number): void {
    while (this.stack.length > length) {
      if (this.written === this.stack.length) this.endRun();
      const element = this.stack.pop();
      if (element === undefined) return;
      if (this.written > this.stack.length) {
        this.out += element.emptyCells + element.kind.endTag;
        this.written = this.stack.length;
      } else if (element.tag === "td" || element.tag === "th") {
        const row = this.top();
        if (row !== undefined) row.emptyCells += element.markup + element.kind.endTag;
      }
      this.formats.cutWanted(element.base);
      this.paragraphBase = -1;
    }
  }

  /** Ends the innermost format of this tag, also outside the open elements. */
  private unwant(tag: string): void {
    const index = this.formats.unwant(tag);
    if (index < 0) return;
    for (const element of this.stack) if (element.base > index) element.base--;
    if (this.paragraphBase > index) this.paragraphBase--;
  }

  private isFlow(depth: number): boolean {
    return depth === 0 || this.stack[depth - 1]?.kind.isFlow === true;
  }

  /** Opens elements and wanted formats before a text. */
  private startText(startsBlank: boolean): void {
    this.makePlaceForText();
    if (this.written < this.stack.length) {
      this.endRun();
      this.writeOpenElements();
    }
    if (!this.inRun) {
      this.inRun = true;
      this.breaks = 0;
      this.hasBlank = false;
      if (this.isFlow(this.written)) this.out += "<p>";
      this.out += this.formats.openMissing();
      return;
    }
    this.out += this.formats.closeUnwanted();
    if (this.breaks > 0) this.out += "<br>";
    else if (this.hasBlank || startsBlank) this.out += " ";
    this.breaks = 0;
    this.out += this.formats.openMissing();
  }

  private writeOpenElements(): void {
    for (let index = this.written; index < this.stack.length; index++) {
      const row = index === 0 ? undefined : this.stack[index - 1];
      const element = this.stack[index];
      if (element === undefined) break;
      if (row?.tag === "tr") {
        this.out += row.emptyCells;
        row.emptyCells = "";
      }
      this.out += element.markup;
    }
    this.written = this.stack.length;
  }

  private endRun(): void {
    if (!this.inRun) return;
    this.out += this.formats.closeAll();
    if (this.isFlow(this.written)) this.out += "</p>";
    this.inRun = false;
    this.breaks = 0;
    this.hasBlank = false;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a;
}
