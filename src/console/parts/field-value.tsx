import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { counted } from "../../french/typography.ts";
import { frenchMember, frenchValue } from "../../french/values.ts";
import { cleanHtml } from "../../kit/values/html/clean-html.ts";
import { readableText } from "../../kit/values/html/readable-text.ts";
import { type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { holdsHtml } from "../../model/aid/html-fields.ts";

/** Limits of compact values: characters of a text, members of a list. */
const compactTextLength = 280;
const compactListLength = 8;
/** Limit of full lists: nobody reads 35,000 communes. */
const maxListLength = 200;

/** The readable value of a field: labels, names of territories, days in words, links, sanitised HTML. `isShort`: cut and without layout. */
export function FieldValue({ field, value, isShort = false }: ValueGiven): Child {
  if (isEmptyValue(value)) return <span class="moisson-mention">vide</span>;
  if (Array.isArray(value)) return <Members field={field} members={value} most={isShort ? compactListLength : maxListLength} />;
  if (holdsHtml(field) && !isShort) return <SafeHtml html={String(value)} />;
  const text = plainValue(field, value);
  if (isShort && text.length > compactTextLength) return <span class="moisson-text">{`${cut(text, compactTextLength)}…`}</span>;
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

/** Sanitises the HTML again before display, and replaces its headings so that they do not mix with the page's. */
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

/** Cuts a text between characters. */
function cut(text: string, most: number): string {
  return text
    .slice(0, most)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd();
}

const weight = /<\/?(?:strong|em|u|s|sub|sup)>/g;
const heading = /<(\/?)h[2-6]>/g;
const link = /<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs;

/** Returns a value as plain French text, without markup and with links beside their text; "" if it is empty. */
export function plainValue(field: AidField, value: unknown): string {
  return holdsHtml(field) && typeof value === "string" ? readableText(withoutMarks(value)) : frenchValue(field, value);
}

/** Removes markup that would look like Markdown syntax. The HTML is canonical. */
function withoutMarks(html: string): string {
  return html
    .replace(weight, "")
    .replace(heading, "<$1p>")
    .replace(link, (_, href: string, words: string) => (words === href ? href : `${words} (${href})`));
}
