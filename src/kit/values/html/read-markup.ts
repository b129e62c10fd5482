import { QuoteType, Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { anyKind } from "../text/character-kinds.ts";
import { cleanCharacters } from "../text/clean-characters.ts";
import { decodeEntitiesOnce } from "./decode-entities.ts";
import { type MarkupSink, noAttributes, readAttributes } from "./markup-sink.ts";
import { droppedTags, isInlineTag, isKnownTag, unsafeTags } from "./markup-tags.ts";
import { scanMarkup } from "./scan-markup.ts";

const plausibleName = /^[a-z][a-z\d]*(?:[:_-](?:[a-z\d_-]:?)*[a-z\d_-])?$/;
const tagRemains = /^<\/?(?:[a-z][a-z\d]*\s*\/?)?$/i;
const lastTag = /^<[a-z][^>]*>/i;
/** Maximum number of restarts after a tag with an unclosed quote, which would hide the rest of the text. */
const maxRestarts = 20;

/** Parses markup as publishers write it, and calls the sink. "3 < 4" and "<jean@mairie.fr>" are text. Leaves out dropped elements. */
export function readMarkup(markup: string, sink: MarkupSink): void {
  const sound = withoutSections(markup);
  const end = scanMarkup(sound, sink);
  if (end < sound.length) readOddMarkup(sound.slice(end), sink);
}

/** Reads any markup, however it is written, as `readMarkup` does. */
function readOddMarkup(markup: string, sink: MarkupSink): void {
  let rest: string | null = cleanCharacters(markup);
  for (let restarts = 0; rest !== null; restarts++) {
    const reader: MarkupReader = new MarkupReader(rest, sink);
    const remains: string = reader.read();
    if (remains === "" || tagRemains.test(remains)) return;
    const tag: string | undefined = restarts < maxRestarts ? lastTag.exec(remains)?.[0] : undefined;
    if (tag === undefined) sink.text(textOf(remains), anyKind);
    rest = tag === undefined ? null : remains.slice(tag.length);
  }
}

/** Converts CDATA sections to text. Removes the start of an unclosed comment, so that it hides nothing. */
function withoutSections(markup: string): string {
  if (!markup.includes("<!")) return markup;
  const text = markup.replaceAll("<![CDATA[", "").replaceAll("]]>", "");
  const end = text.lastIndexOf("-->") + 3;
  if (end < 3) return text.replaceAll("<!--", " ");
  return text.indexOf("<!--", end) < 0 ? text : text.slice(0, end) + text.slice(end).replaceAll("<!--", " ");
}

/** Decodes one layer of entities. */
function textOf(written: string): string {
  return written.includes("&") ? cleanCharacters(decodeEntitiesOnce(written)) : written;
}

class MarkupReader implements TokenizerCallbacks {
  private readonly markup: string;
  private readonly sink: MarkupSink;
  /** End of the part that was passed to the sink. */
  private done = 0;
  private tag = "";
  private tagStart = 0;
  private attributes: Record<string, string> | null = null;
  private attribute = "";
  private attributeValue = "";
  private hasAttribute = false;
  private hasValue = false;
  /** The element that is being dropped, and its nesting. */
  private dropped = "";
  private droppedDepth = 0;

  constructor(markup: string, sink: MarkupSink) {
    this.markup = markup;
    this.sink = sink;
  }

  /** Reads the whole text. Returns an unfinished tag at its end, or "". */
  read(): string {
    const tokenizer = new Tokenizer({ decodeEntities: false }, this);
    tokenizer.write(this.markup);
    tokenizer.end();
    if (this.dropped !== "") this.sink.unsafe(this.dropped);
    return this.dropped === "" && this.done < this.markup.length ? this.markup.slice(this.done) : "";
  }

  ontext(start: number, end: number): void {
    this.done = end;
    if (this.dropped === "") this.sink.text(textOf(this.markup.slice(start, end)), anyKind);
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.markup.slice(start, end).toLowerCase();
    this.tagStart = start - 1;
    this.attributes = null;
    this.hasAttribute = false;
    this.hasValue = false;
  }

  onattribname(start: number, end: number): void {
    this.hasAttribute = true;
    this.attributeValue = "";
    const name = this.markup.slice(start, end).toLowerCase();
    this.attribute = readAttributes.has(name) ? name : "";
    if (this.attribute === "" && name.length > 2 && name.startsWith("on") && /^on[a-z]+$/.test(name) && isKnownTag(this.tag)) {
      this.sink.unsafe(name);
    }
  }

  onattribdata(start: number, end: number): void {
    if (this.attribute !== "") this.attributeValue += this.markup.slice(start, end);
  }

  onattribend(quote: QuoteType): void {
    if (quote !== QuoteType.NoValue) this.hasValue = true;
    if (this.attribute === "") return;
    this.attributes ??= {};
    this.attributes[this.attribute] ??= cleanCharacters(decodeEntitiesOnce(this.attributeValue));
    this.attribute = "";
  }

  onopentagend(end: number): void {
    this.done = end + 1;
    this.openTag(false);
  }

  onselfclosingtag(end: number): void {
    this.done = end + 1;
    this.openTag(true);
  }

  private openTag(selfClosing: boolean): void {
    if (this.dropped !== "") {
      this.openWhileDropping(selfClosing);
      if (this.dropped !== "") return;
    }
    const { tag } = this;
    if (!isKnownTag(tag) && (!plausibleName.test(tag) || (this.hasAttribute && !this.hasValue))) {
      this.sink.text(textOf(this.markup.slice(this.tagStart, this.done)), anyKind);
      return;
    }
    if (unsafeTags.has(tag)) this.sink.unsafe(tag);
    if (droppedTags.has(tag)) {
      if (selfClosing && (tag === "svg" || tag === "math")) return;
      this.dropped = tag;
      this.droppedDepth = 1;
      return;
    }
    this.sink.open(tag, this.attributes ?? noAttributes);
  }

  private openWhileDropping(selfClosing: boolean): void {
    if (this.tag === this.dropped && !selfClosing) this.droppedDepth++;
    // As in browsers, a drawing ends where HTML starts, so an unclosed drawing hides no text.
    const isForeign = this.dropped === "svg" || this.dropped === "math";
    if (isForeign && isKnownTag(this.tag) && !isInlineTag(this.tag) && !droppedTags.has(this.tag)) this.dropped = "";
  }

  onclosetag(start: number, end: number): void {
    const close = this.markup.indexOf(">", end);
    this.done = close < 0 ? this.markup.length : close + 1;
    const tag = this.markup.slice(start, end).toLowerCase();
    if (this.dropped === "") {
      this.sink.close(tag);
      return;
    }
    if (tag !== this.dropped) return;
    this.droppedDepth--;
    if (this.droppedDepth === 0) this.dropped = "";
  }

  oncomment(_start: number, end: number, offset: number): void {
    // An unclosed comment counts as text.
    if (end < this.markup.length) this.done = end + 1;
    else if (offset > 0) this.done = this.markup.length;
  }

  ondeclaration(_start: number, end: number): void {
    this.done = end + 1;
  }

  onprocessinginstruction(_start: number, end: number): void {
    this.done = end + 1;
  }

  oncdata(_start: number, end: number): void {
    this.done = end + 1;
  }

  onattribentity(): void {
    // Entities are decoded here, not by the tokenizer.
  }

  ontextentity(): void {
    // Entities are decoded here, not by the tokenizer.
  }

  onend(): void {
    // `read` returns the rest.
  }
}
