import { Lexer, type MarkedOptions, Parser, type Token, Tokenizer, type Tokens } from "marked";

/** Quotes and lists may lie in one another so deep; below, their marks are text. */
export const deepestNesting = 20;
/** Signs of emphasis times characters of one paragraph: 400 signs in 10 KB. Above, its signs are text. */
const mostEmphasisWork = 4_000_000;
/** Longest heading with a line of `=` or `-` below it, in characters. */
const longestHeading = 1_000;
const emphasis = /[*_~]/g;
/** Longer than any address we keep: in such a run of characters nothing is an address. */
const longRun = /\S{1000,}/g;
/** Signs at which Marked looks through the rest of a run for an address. */
const addressSigns = /[!@:.]/g;
const longBlank = / {64,}/g;
/** Longest list item, in lines; there the list ends. */
const longestItem = 1_000;
const listMark = /^ *(?:[-*+]|\d{1,9}[.)])(?: |$)/;

/**
 * Markdown as HTML, not yet safe. Marked by itself is no match for texts of strangers: `> > > …` exhausts its stack, and for each sign of `_a_a_a_…`,
 * each `!` of `!!!…`, each blank at the end of a line, each line of a list item it looks through all the rest again (a minute for 200 KB). What such texts mean is bounded, their
 * characters stay.
 */
export function parseMarkdown(markdown: string, options: MarkedOptions): string {
  const bounded = { ...options, tokenizer: new BoundedTokenizer() };
  return Parser.parse(new BoundedLexer(bounded).lex(withShortItems(markdown.replace(longBlank, " ".repeat(64)))), bounded);
}

/** Marked copies what it has of an item at each line more of it. */
function withShortItems(markdown: string): string {
  const lines = markdown.split("\n");
  if (lines.length <= longestItem) return markdown;
  let ofItem = Number.NEGATIVE_INFINITY;
  return lines
    .map((line) => {
      ofItem = listMark.test(line) ? 0 : ofItem + 1;
      if (ofItem < longestItem) return line;
      ofItem = Number.NEGATIVE_INFINITY;
      return `\n<!-- -->\n\n${line}`;
    })
    .join("\n");
}

class BoundedTokenizer extends Tokenizer {
  #nesting = 0;

  override blockquote(text: string): Tokens.Blockquote | undefined {
    return this.#nested(() => super.blockquote(text));
  }

  override list(text: string): Tokens.List | undefined {
    return this.#nested(() => super.list(text));
  }

  override lheading(text: string): Tokens.Heading | undefined {
    // In a list Marked looks for the line below from each line on, through all that follows.
    return super.lheading(text.length <= longestHeading ? text : text.slice(0, text.lastIndexOf("\n", longestHeading) + 1));
  }

  #nested<T>(read: () => T): T | undefined {
    if (this.#nesting >= deepestNesting) return undefined;
    this.#nesting++;
    try {
      return read();
    } finally {
      this.#nesting--;
    }
  }
}

class BoundedLexer extends Lexer {
  override inlineTokens(paragraph: string, tokens?: Token[]): Token[] {
    const calm = paragraph.replace(longRun, (run) => run.replace(addressSigns, entityOf));
    const signs = calm.match(emphasis)?.length ?? 0;
    return super.inlineTokens(signs * calm.length > mostEmphasisWork ? calm.replace(emphasis, entityOf) : calm, tokens);
  }
}

function entityOf(sign: string): string {
  return `&#${sign.charCodeAt(0)};`;
}
