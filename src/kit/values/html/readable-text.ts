import { decodeEntitiesOnce } from "./decode-entities.ts";
import { htmlToMarkdown } from "./html-to-markdown.ts";

const autolink = /<((?:https?:|ftp:|mailto:)[^\s<>]+|[^\s<>@]+@[^\s<>]+)>/g;
const tag = /<!--.*?-->|<\/?[a-z][^<>]*>/g;

/** Converts canonical HTML to a text for people: Markdown without tags, entities and backslashes. */
export function readableText(html: string): string {
  return decodeEntitiesOnce(
    htmlToMarkdown(html)
      .replace(autolink, "$1")
      .replace(/<\/t[dh]><t[dh][^<>]*>/g, " | ")
      .replace(/<br>|<\/(?:p|li|tr|h\d)>/g, "\n")
      .replace(/<li>/g, "- ")
      .replace(tag, "")
      .replace(/\\([!-/:-@[-`{-~])/g, "$1"),
  ).trim();
}

/** Marks of Markdown that a publisher wrote in a text: emphasis, headings, and links, of which the text stays. */
const writtenMarks = /\*\*|^[ \t]*#{1,6} |!?\[([^[\]]*)\]\([^()\s]*\)/gm;

/** Converts canonical HTML to a text without any markup, one block per line. */
export function unmarkedText(html: string): string {
  const text = html
    .replace(/<br>|<\/(?:p|li|tr|h\d|blockquote)>/g, "\n")
    .replace(/<\/t[dh]>/g, " ")
    .replace(tag, "");
  return decodeEntitiesOnce(text)
    .replace(writtenMarks, (_, label?: string) => label ?? "")
    .trim();
}
