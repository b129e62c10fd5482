import { cleanCharacters } from "../text/clean-characters.ts";
import type { LinkReading } from "../text/clean-url.ts";
import { parseMarkdown } from "./bounded-markdown.ts";
import { cleanHtml } from "./clean-html.ts";
import { withClosedLetters } from "./decode-entities.ts";

/** GitHub's Markdown, in which a line break is one: publishers type lists of lines. */
const dialect = { gfm: true, breaks: true };

/**
 * Markdown as canonical HTML: what `cleanHtml` makes of it, links and issues included. Line breaks are kept, bare addresses become links, HTML in the text
 * goes through the same allow-list. Null where no text is left.
 */
export function cleanMarkdown(markdown: string, reading: LinkReading = {}): string | null {
  const sound = withClosedLetters(cleanCharacters(markdown.replaceAll("\t", "    ")));
  return cleanHtml(parseMarkdown(sound, dialect), reading);
}
