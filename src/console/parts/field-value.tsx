import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { counted } from "../../french/typography.ts";
import { frenchMember, frenchValue } from "../../french/values.ts";
import { cleanHtml } from "../../kit/values/html/clean-html.ts";
import { readableText } from "../../kit/values/html/readable-text.ts";
import { foreignLanguageOf } from "../../kit/values/text/language-of-text.ts";
import { type AidField, isEmptyValue } from "../../model/aid/aid.ts";
import { holdsHtml } from "../../model/aid/field-table.ts";

/** Limits of a shortened value. */
const shortTextLength = 280;
const shortListLength = 8;
/** Limit of other lists: nobody reads 35,000 communes. */
const maxListLength = 200;

/** The value of a field as people read it, with labels, links and sanitised HTML. `isShort`: shortened, and without layout. */
export function FieldValue({ field, value, isShort = false, language }: ValueGiven): Child {
  if (isEmptyValue(value)) return <span class="moisson-mention">vide</span>;
  if (Array.isArray(value)) return <Members field={field} members={value} max={isShort ? shortListLength : maxListLength} />;
  const lang = languageOfValue(field, value, language);
  if (holdsHtml(field) && !isShort) return <SafeHtml html={String(value)} lang={lang} />;
  const text = plainValue(field, value);
  if (isLink(text)) return <OutwardLink href={text} />;
  return (
    <span class="moisson-text" lang={lang}>
      {isShort && text.length > shortTextLength ? `${cut(text, shortTextLength)}…` : text}
    </span>
  );
}

interface ValueGiven {
  readonly field: AidField;
  readonly value: unknown;
  readonly isShort?: boolean;
  /** The language of the aid. */
  readonly language?: string | null | undefined;
}

/** Returns the `lang` of a value, or undefined if it is French or no text of the publisher's. `language`: the language of the aid. */
export function languageOfValue(field: AidField, value: unknown, language: string | null | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  return foreignLanguageOf(value, holdsHtml(field) || field === "name" || field === "nameInitial" ? language : null);
}

function Members(given: { readonly field: AidField; readonly members: readonly unknown[]; readonly max: number }): Child {
  const { field, members, max } = given;
  const shown = members.slice(0, members.length <= max + 1 ? members.length : max).map((member) => frenchMember(field, member));
  const more = members.length - shown.length;
  const [only = ""] = shown;
  if (members.length === 1)
    return (
      <span class="moisson-text" lang={foreignLanguageOf(only)}>
        {only}
      </span>
    );
  return (
    <ul class="moisson-members">
      {shown.map((member) => (
        <li lang={foreignLanguageOf(member)}>{member}</li>
      ))}
      {more > 0 && <li class="moisson-mention">{`et ${counted(more, "autre")}`}</li>}
    </ul>
  );
}

/** Sanitises stored HTML again, and replaces its headings so that they do not mix with those of the page. */
function SafeHtml({ html: stored, lang }: { readonly html: string; readonly lang: string | undefined }): Child {
  const clean = cleanHtml(stored) ?? "";
  const html = clean.replace(/<h[2-6]>/g, '<p class="fr-text--bold">').replace(/<\/h[2-6]>/g, "</p>");
  return (
    <div class="moisson-html" lang={lang}>
      {raw(html)}
    </div>
  );
}

/** A link to another site, which opens in a new window. */
export function OutwardLink({ href }: { readonly href: string }): Child {
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
function cut(text: string, maxLength: number): string {
  return text
    .slice(0, maxLength)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd();
}

const weight = /<\/?(?:strong|em|u|s|sub|sup)>/g;
const heading = /<(\/?)h[2-6]>/g;
const link = /<a href="([^"]*)"[^>]*>(.*?)<\/a>/gs;

/** Returns a value as plain French text, with the URL of links in brackets; "" for an empty value. */
export function plainValue(field: AidField, value: unknown): string {
  return holdsHtml(field) && typeof value === "string" ? readableText(withoutMarks(value)) : frenchValue(field, value);
}

/** Removes tags that `readableText` would write as Markdown. Expects canonical HTML. */
function withoutMarks(html: string): string {
  return html
    .replace(weight, "")
    .replace(heading, "<$1p>")
    .replace(link, (_, href: string, words: string) => (words === href ? href : `${words} (${href})`));
}
