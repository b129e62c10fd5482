import { Lexer, type MarkedOptions, Parser, type Token, Tokenizer, type Tokens } from "marked";

/** Quotes and lists may lie in one another so deep; below, their marks are text. */
export const deepestNesting = 20;
/** Signs of emphasis times characters of one paragraph: 400 signs in 10 KB. Above, its signs are text. */
const mostEmphasisWork = 4_000_000;
/** Longest heading with a line of `=` or `-` below it, in characters. */
const longestHeading = 1_000;
const emphasis = /[*_~]/g;
/** At each `!` of a run without blanks Marked looks for the `@` of an address through the rest of the run. */
const longRun = /\S{300,}/g;

/**
 * Markdown as HTML, not yet safe. Marked by itself is no match for texts of strangers: `> > > …` exhausts its stack, and it looks through the whole
 * paragraph again for each sign of `_a_a_a_…` (30 s for 200 KB).
 */
export function parseMarkdown(markdown: string, options: MarkedOptions): string {
  const bounded = { ...options, tokenizer: new BoundedTokenizer() };
  return Parser.parse(new BoundedLexer(bounded).lex(markdown), bounded);
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
    const calm = paragraph.includes("!") ? paragraph.replace(longRun, (run) => run.replaceAll("!", "&#33;")) : paragraph;
    const signs = calm.match(emphasis)?.length ?? 0;
    const isTooMuch = signs * calm.length > mostEmphasisWork;
    return super.inlineTokens(isTooMuch ? calm.replace(emphasis, (sign) => `&#${sign.charCodeAt(0)};`) : calm, tokens);
  }
}
