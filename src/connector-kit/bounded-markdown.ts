import { Lexer, type MarkedOptions, Parser, type Token, Tokenizer, type Tokens } from "marked";

/** Quotes and lists may lie in one another so deep; below, their marks are text. */
const deepestNesting = 20;
/** Signs of emphasis times characters of one paragraph: 400 signs in 10 KB. Above, its signs are text. */
const mostEmphasisWork = 4_000_000;
const emphasis = /[*_~]/g;

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
    const signs = paragraph.match(emphasis)?.length ?? 0;
    if (signs * paragraph.length <= mostEmphasisWork) return super.inlineTokens(paragraph, tokens);
    return super.inlineTokens(
      paragraph.replace(emphasis, (sign) => `&#${sign.charCodeAt(0)};`),
      tokens,
    );
  }
}
