import { decodeEntities } from "../html/decode-entities.ts";
import type { MarkupSink } from "../html/markup-sink.ts";
import { isInlineTag } from "../html/markup-tags.ts";
import { readMarkup } from "../html/read-markup.ts";
import { cleanCharacters } from "./clean-characters.ts";

export { decodeEntities } from "../html/decode-entities.ts";
export { foldTerm } from "./fold-term.ts";

/**
 * Returns a text as one line: without markup, entities decoded, characters cleaned, blanks and line breaks folded. Tags of blocks separate
 * words. An inline tag separates them only between a small letter and a capitalised word, as in `<span class="titre_surligne">Appels à
 * projets</span>Titre` (Occitanie, 2024).
 */
export function cleanLine(text: string): string {
  const plain = text.includes("<") ? textOfMarkup(text) : cleanCharacters(text);
  // A tag may have been inside an entity, or between a letter and its accent.
  return foldBlanks(plain.includes("&") ? cleanCharacters(decodeEntities(plain)) : plain.normalize("NFC"));
}

function textOfMarkup(markup: string): string {
  const sink = new LineSink();
  readMarkup(markup, sink);
  return sink.line();
}

function foldBlanks(text: string): string {
  return (/ {2}|\n/.test(text) ? text.replace(/[ \n]+/g, " ") : text).trim();
}

class LineSink implements MarkupSink {
  private text_ = "";
  private isAfterTag = false;

  text(text: string): void {
    if (this.isAfterTag && /^\p{Lu}\p{Ll}/u.test(text) && /\p{Ll}$/u.test(this.text_)) this.text_ += " ";
    this.text_ += text;
    this.isAfterTag = false;
  }

  open(tag: string): void {
    this.edge(tag);
  }

  close(tag: string): void {
    this.edge(tag);
  }

  unsafe(): void {
    // Not reported, because all markup is removed.
  }

  line(): string {
    return this.text_;
  }

  private edge(tag: string): void {
    if (isInlineTag(tag)) this.isAfterTag = true;
    else this.text_ += " ";
  }
}
