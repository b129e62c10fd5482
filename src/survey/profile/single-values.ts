import { shareOf } from "./field-values.ts";

const link = /^\s*(?:https?\s*:\s*\/\/|www\.)[^\s]{3,}/i;
const email = /^\s*(?:mailto:)?[^\s@]+@[^\s@]+\.[a-z]{2,}\s*$/i;
const phone = /^\s*(?:\+\s?33|0\s?[1-9])(?:[\s.\-/()]*\d){8}\s*$|^\s*(?:\+\s?33|0\s?[1-9])(?:[\s.\-/()]+\d{2}){4}/;

/** Returns true for a text that starts like a web address. */
export function isLink(text: string): boolean {
  return link.test(text);
}

/** Returns true for a text that is one e-mail address. */
export function isEmail(text: string): boolean {
  return email.test(text);
}

/** Returns true for a text that starts with a French phone number. */
export function isPhone(text: string): boolean {
  return phone.test(text);
}

/** Returns true for a generated code such as "Sy2cc9WqE" or a hash, which changes if the aid is entered again. False for UUIDs. */
export function isMadeByMachine(value: string): boolean {
  if (/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(value)) return false;
  return /^[\w-]{6,}$/.test(value) && /\d/.test(value) && /[a-z]/.test(value) && (/[A-Z]/.test(value) || /^[\da-f]{16,}$/.test(value));
}

/** Markup of texts. `line`: neither markup nor line breaks. */
export type Markup = "html" | "markdown" | "lines" | "line";

const tagOrEntity =
  /<\/?(?:p|br|div|span|ul|ol|li|strong|b|em|i|a|h[1-6]|table|td|tr|u|img|blockquote)\b[^<>]*>|&(?:[a-z]{2,8}|#x?[\da-f]{2,6});/i;
const markdownSign = /\*\*[^*\n]+\*\*|\[[^\]\n]+\]\((?:https?:|mailto:)[^)\n]+\)|^#{1,6} \S|(?:^|\n) {0,3}[-*] \S[^\n]*\n\s{0,3}[-*] \S/;

/** Detects the markup of texts. Few texts with tags or entities are enough for HTML, because short texts often need none. */
export function markupOf(texts: readonly string[]): Markup {
  if (shareOf(texts, (text) => tagOrEntity.test(text)) >= 0.03) return "html";
  if (shareOf(texts, (text) => markdownSign.test(text)) >= 0.05) return "markdown";
  return shareOf(texts, (text) => /\S[ \t]*\r?\n\s*\S/.test(text)) >= 0.03 ? "lines" : "line";
}
