import { Lexer, type MarkedOptions, Parser, type Token, Tokenizer, type Tokens } from "marked";

/** Maximum nesting of quotes and lists. Deeper marks stay text. */
export const maxNesting = 20;
/** Maximum number of emphasis marks in a paragraph, times its characters: 400 marks in 10 KB. With more, marks stay text. */
const maxEmphasisWork = 4_000_000;
/** Maximum length of a heading underlined with `=` or `-`, in characters. */
const maxHeadingLength = 1_000;
const emphasis = /[*_~]/g;
/** A run of characters that is longer than any stored address. */
const longRun = /\S{1000,}/g;
/** Characters that make Marked search the rest of a run for an address. */
const addressSigns = /[!@:.]/g;
const longBlank = / {64,}/g;
/** Maximum length of a list item, in lines. A longer item ends the list. */
const maxItemLength = 1_000;
const listMark = /^ *(?:[-*+]|\d{1,9}[.)])(?: |$)/;

/**
 * Converts Markdown to HTML that still needs cleaning. Limits the markup, because hostile texts would stop Marked: `> > > …` exhausts its
 * stack, and 200 KB of `_a_a_a_…`, `!!!…`, blanks at line ends or a long list item take a minute. Keeps all characters.
 */
export function parseMarkdown(markdown: string, options: MarkedOptions): string {
  const bounded = { ...options, tokenizer: new BoundedTokenizer() };
  return Parser.parse(new BoundedLexer(bounded).lex(withShortItems(markdown.replace(longBlank, " ".repeat(64)))), bounded);
}

/** Splits long list items, because Marked copies the whole item for each of its lines. */
function withShortItems(markdown: string): string {
  const lines = markdown.split("\n");
  if (lines.length <= maxItemLength) return markdown;
  let lineOfItem = Number.NEGATIVE_INFINITY;
  return lines
    .map((line) => {
      lineOfItem = listMark.test(line) ? 0 : lineOfItem + 1;
      if (lineOfItem < maxItemLength) return line;
      lineOfItem = Number.NEGATIVE_INFINITY;
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
    // In a list, Marked searches the whole rest for an underline, again for each line.
    return super.lheading(text.length <= maxHeadingLength ? text : text.slice(0, text.lastIndexOf("\n", maxHeadingLength) + 1));
  }

  #nested<T>(read: () => T): T | undefined {
    if (this.#nesting >= maxNesting) return undefined;
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
    const harmless = paragraph.replace(longRun, (run) => run.replace(addressSigns, entityOf));
    const signs = harmless.match(emphasis)?.length ?? 0;
    return super.inlineTokens(signs * harmless.length > maxEmphasisWork ? harmless.replace(emphasis, entityOf) : harmless, tokens);
  }
}

function entityOf(sign: string): string {
  return `&#${sign.charCodeAt(0)};`;
}
