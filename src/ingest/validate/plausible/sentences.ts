const blockEnd = /<\/?(?:p|li|ul|ol|h[1-6]|div|table|tr|td|th|br|hr|blockquote)\b[^<>]*>/g;
/** A tag. Also the rest of a tag that was cut at the start or the end of the text. */
const tag = /^[^<>]{0,200}>|<[^<>]*(?:>|$)/g;
const blanks = /(?:\s|&nbsp;)+/g;
/** A line break, or the end of a sentence before a blank. */
const ends = /\n|(?<=[.!?…])\s/;
/** Maximum number of characters read before and after a match. */
const reach = 400;
/** Maximum number of matches examined in a text. */
const maxPlaces = 20;

/** A sentence of a text, and the text that follows it, without markup. */
export interface Sentence {
  readonly sentence: string;
  readonly after: string;
}

/**
 * Yields the sentences of a text (HTML or plain) around each match of `places`, a global pattern. Reads little more than these sentences,
 * so that a long text without a match costs one search. A block element ends a sentence. Keeps case, accents and punctuation.
 */
export function* sentencesAt(html: string, places: RegExp): Generator<Sentence> {
  places.lastIndex = 0;
  for (let place = 0; place < maxPlaces; place++) {
    const at = places.exec(html)?.index;
    if (at === undefined) return;
    const before =
      withoutTags(html.slice(Math.max(0, at - reach), at))
        .split(ends)
        .at(-1) ?? "";
    const [first = "", ...rest] = withoutTags(html.slice(at, at + reach)).split(ends);
    yield { sentence: cleaned(before + first), after: cleaned(rest.join(" ")) };
    places.lastIndex = Math.max(places.lastIndex, at + first.length);
  }
}

function withoutTags(html: string): string {
  return html.replace(blockEnd, "\n").replace(tag, "");
}

function cleaned(text: string): string {
  return text.replace(blanks, " ").replaceAll("&amp;", "&").trim();
}

/** Combining accents. */
const marks = /[\u0300-\u036f]/g;

/** Returns a text without accents and capitals and with straight apostrophes, for patterns. Keeps punctuation. */
export function foldedSentence(sentence: string): string {
  return sentence.toLowerCase().normalize("NFD").replace(marks, "").replaceAll("œ", "oe").replace(/[’ʼ]/g, "'");
}
