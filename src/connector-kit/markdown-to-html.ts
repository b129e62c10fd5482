import { Marked } from "marked";
import { cleanCharacters } from "./clean-characters.ts";
import { cleanHtml } from "./clean-html.ts";
import type { LinkReading } from "./clean-url.ts";

/** GitHub's Markdown, in which a line break is one: publishers type lists of lines. */
const reader = new Marked({ gfm: true, breaks: true, async: false });

/**
 * Markdown as canonical HTML: what `cleanHtml` makes of it, links and issues included. Line breaks are kept, bare addresses become links, HTML in the text
 * goes through the same allow-list. Null where no text is left.
 */
export function cleanMarkdown(markdown: string, reading: LinkReading = {}): string | null {
  const sound = cleanCharacters(markdown.replaceAll("\t", "    "));
  return cleanHtml(htmlOf(sound), reading);
}

function htmlOf(markdown: string): string {
  const html = reader.parse(markdown);
  return typeof html === "string" ? html : markdown;
}
