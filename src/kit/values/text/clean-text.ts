import { decodeEntities } from "../html/decode-entities.ts";
import type { MarkupSink } from "../html/markup-sink.ts";
import { isInlineTag } from "../html/markup-tags.ts";
import { readMarkup } from "../html/read-markup.ts";
import { kinds, kindsIn } from "./character-kinds.ts";
import { cleanCharacters } from "./clean-characters.ts";
import { foldBlanks } from "./fold-blanks.ts";

export { decodeEntities } from "../html/decode-entities.ts";
export { foldTerm } from "./fold-term.ts";

/** A text without them is already plain. */
const markupKinds = kinds.tagStart | kinds.ampersand | kinds.unusual;
const foldedKinds = kinds.lineBreak | kinds.doubledBlank;

/**
 * Returns a text as one line: without markup, entities decoded, characters cleaned, blanks and line breaks folded. Tags of blocks separate
 * words. An inline tag separates them only between a small letter and a capitalised word, as in `<span class="titre_surligne">Appels à
 * projets</span>Titre` (Occitanie, 2024).
 */
export function cleanLine(text: string): string {
  const found = kindsIn(text);
  if ((found & markupKinds) === 0) return ((found & foldedKinds) === 0 ? text : foldBlanks(text)).trim();
  const plain = (found & kinds.tagStart) === 0 ? cleanCharacters(text) : textOfMarkup(text);
  // A tag may have been inside an entity, or between a letter and its accent.
  return foldBlanks(plain.includes("&") ? cleanCharacters(decodeEntities(plain)) : plain.normalize("NFC")).trim();
}

function textOfMarkup(markup: string): string {
  const sink = new LineSink();
  readMarkup(markup, sink);
  return sink.line();
}

class LineSink implements MarkupSink {
  private text_ = "";
  private isAfterTag = false;

  text(text: string): void {
    if (this.isAfterTag && /^\p{Lu}\p{Ll}/u.test(text) && /\p{Ll}$/u.test(this.text_.slice(-2))) this.text_ += " ";
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
