import { QuoteType, Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { cleanCharacters } from "../text/clean-characters.ts";
import { decodeEntitiesOnce } from "./decode-entities.ts";
import { droppedTags, isInlineTag, isKnownTag, unsafeTags } from "./markup-tags.ts";

/** Decoded attributes of a tag. */
export type Attributes = Readonly<Record<string, string>>;

/** Receives the content of a text with markup, in order. Tag names are lower case. Scripts and comments are left out. */
export interface MarkupSink {
  /** Text with decoded entities, sound characters and unchanged blanks. */
  text(text: string): void;
  open(tag: string, attributes: Attributes): void;
  close(tag: string): void;
  /** Something possibly dangerous was left out: name of the tag or attribute. */
  unsafe(what: string): void;
}

const noAttributes: Attributes = {};
const readAttributes: ReadonlySet<string> = new Set(["href", "alt", "colspan", "rowspan", "start"]);
const plausibleName = /^[a-z][a-z\d]*(?:[:_-][a-z\d_-]+)*$/;
const tagRemains = /^<\/?(?:[a-z][a-z\d]*\s*\/?)?$/i;
const lastTag = /^<[a-z][^>]*>/i;
/** An unclosed quote swallows the rest of a text; reading restarts after that tag, but not endlessly. */
const maxRestarts = 20;

/**
 * Reads a text with markup as publishers write it, and calls the sink. No text is lost: a `<` that opens no tag ("3 < 4",
 * "<jean@mairie.fr>", an unfinished tag) is text. Comments and elements without text are left out with their content.
 */
export function readMarkup(markup: string, sink: MarkupSink): void {
  let rest: string | null = cleanCharacters(withoutSpecials(markup));
  for (let restarts = 0; rest !== null; restarts++) {
    const reader: MarkupReader = new MarkupReader(rest, sink);
    const remains: string = reader.read();
    if (remains === "" || tagRemains.test(remains)) return;
    const tag: string | undefined = restarts < maxRestarts ? lastTag.exec(remains)?.[0] : undefined;
    if (tag === undefined) sink.text(textOf(remains));
    rest = tag === undefined ? null : remains.slice(tag.length);
  }
}

/** Converts CDATA to text. An unclosed comment hides nothing. */
function withoutSpecials(markup: string): string {
  if (!markup.includes("<!")) return markup;
  const text = markup.replaceAll("<![CDATA[", "").replaceAll("]]>", "");
  const end = text.lastIndexOf("-->") + 3;
  if (end < 3) return text.replaceAll("<!--", " ");
  return text.indexOf("<!--", end) < 0 ? text : text.slice(0, end) + text.slice(end).replaceAll("<!--", " ");
}

/** Decodes one layer of entities; the rest was cleaned before. */
function textOf(written: string): string {
  return written.includes("&") ? cleanCharacters(decodeEntitiesOnce(written)) : written;
}

class MarkupReader implements TokenizerCallbacks {
  private readonly markup: string;
  private readonly sink: MarkupSink;
  /** End of the reported part. */
  private told = 0;
  private tag = "";
  private tagStart = 0;
  private attributes: Record<string, string> | null = null;
  private attribute = "";
  private attributeValue = "";
  private hasAttribute = false;
  private hasValue = false;
  /** The element being left out, and its nesting depth. */
  private dropped = "";
  private droppedDepth = 0;

  constructor(markup: string, sink: MarkupSink) {
    this.markup = markup;
    this.sink = sink;
  }

  /** Reads everything. Returns an unfinished tag at the end. */
  read(): string {
    const tokenizer = new Tokenizer({ decodeEntities: false }, this);
    tokenizer.write(this.markup);
    tokenizer.end();
    if (this.dropped !== "") this.sink.unsafe(this.dropped);
    return this.dropped === "" && this.told < this.markup.length ? this.markup.slice(this.told) : "";
  }

  ontext(start: number, end: number): void {
    this.told = end;
    if (this.dropped === "") this.sink.text(textOf(this.markup.slice(start, end)));
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
    this.told = end + 1;
    this.tellTag(false);
  }

  onselfclosingtag(end: number): void {
    this.told = end + 1;
    this.tellTag(true);
  }

  private tellTag(selfClosing: boolean): void {
    if (this.dropped !== "") {
      this.openWhileDropping(selfClosing);
      if (this.dropped !== "") return;
    }
    const { tag } = this;
    if (!isKnownTag(tag) && (!plausibleName.test(tag) || (this.hasAttribute && !this.hasValue))) {
      this.sink.text(textOf(this.markup.slice(this.tagStart, this.told)));
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
    // A drawing ends where HTML starts again, as in browsers, so an unclosed one swallows no text.
    const isForeign = this.dropped === "svg" || this.dropped === "math";
    if (isForeign && isKnownTag(this.tag) && !isInlineTag(this.tag) && !droppedTags.has(this.tag)) this.dropped = "";
  }

  onclosetag(start: number, end: number): void {
    const close = this.markup.indexOf(">", end);
    this.told = close < 0 ? this.markup.length : close + 1;
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
    // Without an end it is not reported, and counts as text.
    if (end < this.markup.length) this.told = end + 1;
    else if (offset > 0) this.told = this.markup.length;
  }

  ondeclaration(_start: number, end: number): void {
    this.told = end + 1;
  }

  onprocessinginstruction(_start: number, end: number): void {
    this.told = end + 1;
  }

  oncdata(_start: number, end: number): void {
    this.told = end + 1;
  }

  onattribentity(): void {
    // Entities are decoded here, not by the tokenizer.
  }

  ontextentity(): void {
    // Entities are decoded here, not by the tokenizer.
  }

  onend(): void {
    // `read` handles the rest.
  }
}
