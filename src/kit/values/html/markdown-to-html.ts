import { cleanCharacters } from "../text/clean-characters.ts";
import type { LinkReading } from "../text/clean-url.ts";
import { parseMarkdown } from "./bounded-markdown.ts";
import { cleanHtml } from "./clean-html.ts";
import { withClosedLetters } from "./decode-entities.ts";

/** GitHub's Markdown, which keeps line breaks: publishers type lists as lines. */
const dialect = { gfm: true, breaks: true };

/**
 * Converts Markdown to canonical HTML by `cleanHtml`, with its issues. Line breaks are kept, bare addresses become links, and HTML in the
 * text passes the same allow-list. Returns null without text.
 */
export function cleanMarkdown(markdown: string, reading: LinkReading = {}): string | null {
  const sound = withClosedLetters(cleanCharacters(markdown.replaceAll("\t", "    ")));
  return cleanHtml(parseMarkdown(sound, dialect), reading);
}
