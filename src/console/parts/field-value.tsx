import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { counted } from "../../french/typography.ts";
import { frenchMember, frenchValue } from "../../french/values.ts";
import { cleanHtml } from "../../kit/values/html/clean-html.ts";
import { readableText } from "../../kit/values/html/readable-text.ts";
import { type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { holdsHtml } from "../../model/aid/html-fields.ts";

/** Where a value stands among many: characters of a text, members of a list. */
const shortText = 280;
const shortList = 8;
/** No list is read to its end by anybody: the 35,000 communes of the mainland neither. */
const longestList = 200;

/**
 * The value of a field as people read it: labels of terms, territories by name, days in words, links that lead there, HTML cleaned once more. `isShort`: cut,
 * and without layout, where it stands among many.
 */
export function FieldValue({ field, value, isShort = false }: ValueGiven): Child {
  if (isEmptyValue(value)) return <span class="moisson-mention">vide</span>;
  if (Array.isArray(value)) return <Members field={field} members={value} most={isShort ? shortList : longestList} />;
  if (holdsHtml(field) && !isShort) return <SafeHtml html={String(value)} />;
  const text = plainValue(field, value);
  if (isShort && text.length > shortText) return <span class="moisson-text">{`${cut(text, shortText)}…`}</span>;
  return isLink(text) ? <OutwardLink href={text} /> : <span class="moisson-text">{text}</span>;
}

interface ValueGiven {
  readonly field: AidField;
  readonly value: unknown;
  readonly isShort?: boolean;
}

function Members({
  field,
  members,
  most,
}: {
  readonly field: AidField;
  readonly members: readonly unknown[];
  readonly most: number;
}): Child {
  const shown = members.slice(0, members.length <= most + 1 ? members.length : most).map((member) => frenchMember(field, member));
  const more = members.length - shown.length;
  if (members.length === 1) return <span class="moisson-text">{shown[0]}</span>;
  return (
    <ul class="moisson-members">
      {shown.map((member) => (
        <li>{member}</li>
      ))}
      {more > 0 && <li class="moisson-mention">{`et ${counted(more, "autre")}`}</li>}
    </ul>
  );
}

/** Never as it is stored: cleaned again, whatever cleaned it before. Its titles are none of the page's own. */
function SafeHtml({ html }: { readonly html: string }): Child {
  const clean = cleanHtml(html) ?? "";
  return <div class="moisson-html">{raw(clean.replace(/<h[2-6]>/g, '<p class="fr-text--bold">').replace(/<\/h[2-6]>/g, "</p>"))}</div>;
}

function OutwardLink({ href }: { readonly href: string }): Child {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer external" title={`${href} – nouvelle fenêtre`}>
      {href}
    </a>
  );
}

function isLink(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text);
}

/** Never in the middle of a character. */
function cut(text: string, most: number): string {
  return text
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd();
}

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
