import { cleanCharacters } from "../text/clean-characters.ts";
import type { LinkReading } from "../text/clean-url.ts";
import { parseMarkdown } from "./bounded-markdown.ts";
import { cleanHtml } from "./clean-html.ts";
import { withClosedLetters } from "./decode-entities.ts";

/** GitHub's Markdown. It keeps line breaks, because publishers write lists as lines without marks. */
const dialect = { gfm: true, breaks: true };

/** Converts Markdown to canonical HTML, or null without text. Keeps line breaks, links addresses, and reports the issues of `cleanHtml`. */
export function cleanMarkdown(markdown: string, reading: LinkReading = {}): string | null {
  const clean = withClosedLetters(cleanCharacters(markdown.replaceAll("\t", "    ")));
  return cleanHtml(parseMarkdown(clean, dialect), reading);
}
