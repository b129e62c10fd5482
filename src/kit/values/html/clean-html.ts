import { anyKind, kinds } from "../text/character-kinds.ts";
import { isUsual } from "../text/clean-characters.ts";
import { cleanLink, type LinkReading } from "../text/clean-url.ts";
import { decodeEntitiesOnce, holdsEntity } from "./decode-entities.ts";
import { HtmlWriter } from "./html-writer.ts";
import type { Attributes, MarkupSink } from "./markup-sink.ts";
import { boundaryTags, closings, formatTags, headingTags, layoutTag } from "./markup-tags.ts";
import { readMarkup } from "./read-markup.ts";

/** Maximum number of passes that decode double encoding. */
const maxPasses = 5;
const tableParts: ReadonlySet<string> = new Set(["caption", "thead", "tbody", "tfoot", "tr"]);
const encodedTag = /&lt;\/?(?:p|br|div|span|ul|ol|li|strong|b|em|a|h[1-6])\b[^<>]{0,200}?&gt;/i;
const encodedEntity = /&amp;(?:amp;)*(#\d+|#x[\da-f]+|[a-z][a-z\d]*);/gi;

/**
 * Rewrites HTML in one canonical form, or returns null without text. Cleaning a result again does not change it.
 *
 * - Allowed tags: `p h2–h6 ul ol[start] li blockquote table caption thead tbody tr th td[colspan rowspan] a[href rel] strong em u s sub sup
 *   br`. Links are absolute: http, https, mailto or tel.
 * - All text is kept, except in scripts, frames, drawings and styles. Texts of different blocks stay apart. Unclosed tags are repaired.
 * - A text without blocks and `<br>` keeps its line breaks.
 * - Reports `unsafe-markup` for dangerous markup, named by the parameter `found`, and the issues of `cleanUrl`.
 */
export function cleanHtml(html: string, reading: LinkReading = {}): string | null {
  let cleaned = cleanOnce(withMarkup(html), reading);
  for (let pass = 1; pass < maxPasses && isDoubleEncoded(cleaned); pass++) {
    cleaned = cleanOnce(cleaned.replace(encodedEntity, "&$1;"), {});
  }
  if (isDoubleEncoded(cleaned)) cleaned = cleaned.replace(encodedEntity, "&amp; $1;");
  return cleaned === "" ? null : cleaned;
}

/** Decodes HTML whose tags are all encoded, as in "&lt;p&gt;Texte&lt;/p&gt;". */
function withMarkup(html: string): string {
  return !html.includes("<") && encodedTag.test(html) ? decodeEntitiesOnce(html) : html;
}

function cleanOnce(html: string, reading: LinkReading): string {
  const sink = new CleaningSink(reading, !layoutTag.test(html));
  readMarkup(html, sink);
  return sink.end(html);
}

function isDoubleEncoded(html: string): boolean {
  if (!html.includes("&amp;")) return false;
  for (const [, name] of html.matchAll(encodedEntity)) if (holdsEntity(`&${name};`)) return true;
  return false;
}

class CleaningSink implements MarkupSink {
  private readonly writer = new HtmlWriter();
  private readonly reading: LinkReading;
  /** Keeps the line breaks of the text. */
  private readonly keepsLines: boolean;
  private preformatted = 0;
  private readonly found = new Set<string>();
  /** `kinds` of all characters of the text. Without unusual ones it is in NFC. */
  private kindsFound = 0;

  constructor(reading: LinkReading, keepsLines: boolean) {
    this.reading = reading;
    this.keepsLines = keepsLines;
  }

  end(html: string): string {
    if (this.found.size > 0) {
      this.reading.report?.({ code: "unsafe-markup", value: html, params: { found: [...this.found].sort().join(", ") } });
    }
    const written = this.writer.end();
    return (this.kindsFound & kinds.unusual) === 0 ? written : written.normalize("NFC");
  }

  text(text: string, found: number): void {
    this.kindsFound |= found;
    if ((found & kinds.lineBreak) === 0 || (!this.keepsLines && this.preformatted === 0)) {
      this.writer.text(text, found);
      return;
    }
    let isFirst = true;
    for (const line of text.split("\n")) {
      if (!isFirst) this.writer.lineBreak();
      this.writer.text(line, found);
      isFirst = false;
    }
  }

  unsafe(what: string): void {
    this.found.add(what);
  }

  open(tag: string, attributes: Attributes): void {
    const { writer } = this;
    if (tag === "br") writer.lineBreak();
    else if (tag === "p") writer.openParagraph();
    else if (formatTags.has(tag)) writer.openFormat(tag);
    else if (tag === "a") writer.openLink(this.linkOf(attributes));
    else if (tag === "li") writer.openListItem();
    else if (tag === "ul" || tag === "menu" || tag === "dir") writer.openList(false, attributes);
    else if (tag === "ol") writer.openList(true, attributes);
    else if (headingTags.has(tag) || tag === "table" || tag === "blockquote") writer.openBlock(tag);
    else if (tag === "td" || tag === "th") writer.openCell(tag, attributes);
    else if (tableParts.has(tag)) writer.openTablePart(tag);
    else if (tag === "img") this.image(attributes);
    else if (boundaryTags.has(tag)) {
      writer.boundary();
      if (tag === "pre") this.preformatted++;
    }
  }

  close(tag: string): void {
    const { writer } = this;
    if (tag === "p") writer.closeParagraph();
    else if (tag === "a" || formatTags.has(tag)) writer.closeFormat(tag);
    else if (tag === "br") writer.lineBreak();
    else if (tag === "menu" || tag === "dir") writer.closeElement("ul");
    else if (closings.has(tag)) writer.closeElement(tag);
    else if (boundaryTags.has(tag)) {
      writer.boundary();
      if (tag === "pre" && this.preformatted > 0) this.preformatted--;
    }
  }

  private linkOf(attributes: Attributes): string | null {
    const href = attributes.href;
    if (href === undefined) return null;
    const link = cleanLink(href, this.reading);
    if (link !== null && !isUsual(link)) this.kindsFound |= kinds.unusual;
    return link;
  }

  /** Drops an image. Inside a link, its description is kept as text. */
  private image(attributes: Attributes): void {
    const text = attributes.alt;
    if (text === undefined || !this.writer.isInLink()) return;
    this.kindsFound |= kinds.unusual;
    this.writer.text(` ${text} `, anyKind);
  }
}
