import { decodeEntities } from "./decode-entities.ts";

const textTag = /<(\/?)(p|br|div|span|ul|ol|li|a|strong|b|em|i|u|h[1-6]|table|tr|td|th|blockquote|sup|sub|font)\b[^<>]*>/gi;
const wrapper = /^\s*<(p|div)\b[^<>]*>([\s\S]*)<\/\1\s*>\s*$/i;

/**
 * Returns the HTML that a plain text contains, or null: an element of text with its end tag, or a `<br>`, written as such or with entities.
 * "a < b" and "<prénom>" are plain text. A single element around the whole text is no HTML of the publisher: returns its content as `plain`,
 * so that its line breaks stay.
 */
export function htmlInText(text: string): { readonly html: string } | { readonly plain: string } | null {
  const html = text.includes("<") && showsHtml(text) ? text : text.includes("&") && text.includes("lt;") ? decodeEntities(text) : null;
  if (html === null || (html !== text && !showsHtml(html))) return null;
  const [, , content] = wrapper.exec(html) ?? [];
  return content !== undefined && content.search(textTag) === -1 ? { plain: content } : { html };
}

function showsHtml(text: string): boolean {
  const opened = new Set<string>();
  for (const [, slash, name = ""] of text.matchAll(textTag)) {
    const tag = name.toLowerCase();
    if (tag === "br" || (slash === "/" && opened.has(tag))) return true;
    opened.add(tag);
  }
  return false;
}
