import { frenchValue } from "../../french/values.ts";
import { readableText } from "../../kit/values/html/readable-text.ts";
import type { AidField } from "../../model/aid/aid.ts";
import { holdsHtml } from "../../model/aid/html-fields.ts";

const weight = /<\/?(?:strong|em|u|s|sub|sup)>/g;
const heading = /<(\/?)h[2-6]>/g;
const link = /<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs;

/** The value of any field in French as plain text, HTML without signs of markup, links beside their words; empty text where it is empty. */
export function plainValue(field: AidField, value: unknown): string {
  return holdsHtml(field) && typeof value === "string" ? readableText(withoutMarks(value)) : frenchValue(field, value);
}

/** What Markdown would write with signs that only its writers know. The HTML is canonical. */
function withoutMarks(html: string): string {
  return html
    .replace(weight, "")
    .replace(heading, "<$1p>")
    .replace(link, (_, href: string, words: string) => (words === href ? href : `${words} (${href})`));
}
