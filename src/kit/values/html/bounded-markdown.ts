import { Lexer, type MarkedOptions, Parser, type Token, Tokenizer, type Tokens } from "marked";

/** Maximum nesting of quotes and lists. Below it, their marks are text. */
export const maxNesting = 20;
/** Maximum product of emphasis marks and characters in a paragraph: 400 marks in 10 KB. Above it, marks are text. */
const maxEmphasisWork = 4_000_000;
/** Maximum length of a heading underlined with `=` or `-`, in characters. */
const maxHeadingLength = 1_000;
const emphasis = /[*_~]/g;
/** A run longer than any stored address contains no address. */
const longRun = /\S{1000,}/g;
/** Characters at which Marked searches the rest of a run for an address. */
const addressSigns = /[!@:.]/g;
const longBlank = / {64,}/g;
/** Maximum length of a list item, in lines. The list ends there. */
const maxItemLength = 1_000;
const listMark = /^ *(?:[-*+]|\d{1,9}[.)])(?: |$)/;

/**
 * Converts Markdown to HTML that is not yet safe. Marked alone cannot handle hostile texts: `> > > …` exhausts its stack, and for
 * `_a_a_a_…`, `!!!…`, blanks at line ends and long list items it scans the rest again and again (a minute for 200 KB). Here markup is
 * bounded; the characters stay.
 */
export function parseMarkdown(markdown: string, options: MarkedOptions): string {
  const bounded = { ...options, tokenizer: new BoundedTokenizer() };
  return Parser.parse(new BoundedLexer(bounded).lex(withShortItems(markdown.replace(longBlank, " ".repeat(64)))), bounded);
}

/** Marked copies an item again for each further line. */
function withShortItems(markdown: string): string {
  const lines = markdown.split("\n");
  if (lines.length <= maxItemLength) return markdown;
  let ofItem = Number.NEGATIVE_INFINITY;
  return lines
    .map((line) => {
      ofItem = listMark.test(line) ? 0 : ofItem + 1;
      if (ofItem < maxItemLength) return line;
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
    // In a list, Marked searches everything that follows for the underline, from each line on.
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
    const calm = paragraph.replace(longRun, (run) => run.replace(addressSigns, entityOf));
    const signs = calm.match(emphasis)?.length ?? 0;
    return super.inlineTokens(signs * calm.length > maxEmphasisWork ? calm.replace(emphasis, entityOf) : calm, tokens);
  }
}

function entityOf(sign: string): string {
  return `&#${sign.charCodeAt(0)};`;
}
