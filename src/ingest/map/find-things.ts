import { isCalendarDay, isoDay } from "../../kit/values/dates/calendar-date.ts";
import { decodeEntities } from "../../kit/values/html/decode-entities.ts";
import { cleanLink } from "../../kit/values/text/clean-url.ts";
import type { LossKind } from "../../model/run/losses.ts";
import { comparableLink } from "../../model/text/comparable-link.ts";

/** A link, number, address, date or word of a text. */
export interface Thing {
  readonly kind: LossKind;
  /** Equal things share a key, however they are written. A date that can be read in two ways has two. */
  readonly keys: readonly string[];
  /** As written. */
  readonly value: string;
}

/** Quantifiers are bounded, and each pattern starts at an edge, so that a hostile text costs a time proportional to its length. */
const address = /(?<![\p{L}\d])(?:h[tp]{2,4}s?\s?:\s?\/{1,2}\s?|www\.)[^\s<>"|\\^`{}[\]]{3,2000}/giu;
const tagWithLink = /<(?:a|img|area|iframe|embed|source|video)\s[^<>]{1,5000}>/gi;
const attribute = /\s(href|src)\s*=\s*(?:"([^"<>]{1,5000})"|'([^'<>]{1,5000})'|([^\s"'<>]{1,2000}))/i;
const markdownTarget = /(?<=\])\(\s?<?([^\s()<>]{3,2000})/g;
const mail = /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]{1,64}@(?:[\p{L}\d-]{1,63}\.){1,8}\p{L}{2,24}/gu;
const mailLink = new RegExp(`(?:mailto:\\s?)?${mail.source}`, "gu");
const phone = /(?<![\d.,])(?:\+33|0033|0)(?:\s?\(0\))?[\s.]{0,2}([1-9](?:[\s./\u00a0\u202f-]{0,3}\d{2}){4})(?!\d)/g;
const documentName = /\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|odp|zip|rtf|csv)(?:[?#]|$)/i;
const imageName = /\.(?:png|jpe?g|gif|svg|webp|bmp|ico)(?:[?#]|$)/i;
/** Ranges of letters are four times faster than `\p{L}`. */
const hasAccents = /[\u00aa-\uffff]/;
const marks = /[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]/g;
const word = /[a-z\d\u00df-\u1fff\u3040-\ud7ff\uf900-\uffef]{2,}/g;
const wordsOfMarkup = /<\/?[a-z!][^<>]{0,5000}>/gi;

/** Returns the links, documents, images, mail addresses, phone numbers and dates of a text. `baseUrl` completes relative links. */
export function findThings(text: string, baseUrl: string | null): Thing[] {
  const things: Thing[] = [];
  const plain = text.includes("&") ? decodeEntities(text) : text;
  if (mayHoldLink(plain)) findLinks(plain, baseUrl, things);
  if (plain.includes("@")) for (const [value] of plain.matchAll(mail)) things.push({ kind: "mail", keys: [value.toLowerCase()], value });
  if (!/\d/.test(plain)) return things;
  for (const [value, number = ""] of plain.matchAll(phone)) things.push({ kind: "phone", keys: [number.replace(/\D/g, "")], value });
  for (const { days, value } of findDates(plain)) things.push({ kind: "date", keys: days, value });
  return things;
}

/** Returns the distinct words of a text, folded: without the other things and markup. Leaves out single letters and digits. */
export function findWords(text: string): Set<string> {
  let plain = text.includes("&") ? decodeEntities(text) : text;
  if (plain.includes("<")) plain = plain.replace(wordsOfMarkup, betweenWords);
  if (mayHoldLink(plain)) plain = plain.replace(markdownTarget, "(").replace(address, " ");
  if (plain.includes("@")) plain = plain.replace(mailLink, " ");
  // Markdown may emphasise the first letter of a word.
  if (plain.includes("*")) plain = plain.replaceAll("*", "");
  if (/\d/.test(plain)) plain = withoutDates(plain.replace(phone, " "));
  const lower = plain.toLowerCase();
  return new Set((hasAccents.test(lower) ? lower.normalize("NFD").replace(marks, "") : lower).match(word));
}

/** Keeps the parts of a word together that only a format separates. */
function betweenWords(tag: string): string {
  return /^<\/?(?:b|strong|i|em|u|s|span|font|sup|sub|a)\b/i.test(tag) ? "" : " ";
}

function mayHoldLink(text: string): boolean {
  return text.includes("/") || text.includes("www.") || text.includes("=");
}

function findLinks(text: string, baseUrl: string | null, things: Thing[]): void {
  const add = (value: string, isImage: boolean) => {
    const thing = linkOf(value, baseUrl, isImage);
    if (thing !== null) things.push(thing);
  };
  for (const [value] of text.matchAll(address)) add(withoutEnd(value), false);
  if (text.includes("<"))
    for (const [tag] of text.matchAll(tagWithLink)) {
      const [, name = "", double, single, bare] = attribute.exec(tag) ?? [];
      if (name !== "") add(double ?? single ?? bare ?? "", name.toLowerCase() === "src");
    }
  if (text.includes("](")) for (const [, target = ""] of text.matchAll(markdownTarget)) add(target, false);
}

function linkOf(value: string, baseUrl: string | null, isImage: boolean): Thing | null {
  if (/^data:/i.test(value)) return isImage ? { kind: "image", keys: [value.slice(0, 60)], value: value.slice(0, 60) } : null;
  const link = cleanLink(value, { baseUrl }) ?? cleanLink(withoutNoise(value), { baseUrl });
  // Anchors, phone numbers and mail addresses are not links to a page.
  if (link !== null && !/^https?:/i.test(link)) return null;
  if (link === null && (!/[./]/.test(value) || value.startsWith("#") || /^(?:mailto|tel|javascript):/i.test(value))) return null;
  const key = link === null ? value.trim() : (comparableLink(link) ?? homePage(link));
  const kind = isImage || imageName.test(key) ? "image" : documentName.test(key) ? "document" : "link";
  return { kind, keys: [key.toLowerCase()], value };
}

function homePage(link: string): string {
  return link
    .replace(/^https?:\/\/(?:www\.)?/i, "")
    .replace(/[/?#].*$/, "")
    .toLowerCase();
}

/** Removes a mistyped scheme. */
function withoutNoise(value: string): string {
  return value.replace(/^h[tp]{2,4}s?\s?:\s?\/{1,2}\s?/i, "https://");
}

/** Removes the punctuation after an address in a sentence. */
function withoutEnd(value: string): string {
  const end = value.replace(/[.,;:!?»”’'*_]+$/u, "");
  return end.endsWith(")") && !end.includes("(")
    ? withoutEnd(end.slice(0, -1))
    : end.replace(/\)[^)]*$/, (tail) => (end.includes("(") ? tail : ""));
}

/** A date in a text. */
interface DateFound {
  /** The days that it may mean, YYYY-MM-DD. */
  readonly days: readonly string[];
  readonly value: string;
}

const months = ["janv", "fevr", "mars", "avri", "mai", "juin", "juil", "aout", "sept", "octo", "nove", "dece"];
const iso = /(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::[\d.]{2,13})?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)/g;
const numeric = /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/])/g;
const inWords = /(?<!\d)(\d{1,2})(?:er|ᵉʳ)?\s{1,3}([a-zéûÉÛ]{3,9})\.?\s{1,3}((?:19|20)\d\d)(?!\d)/gi;
const compact = /^((?:19|20)\d\d)(\d\d)(\d\d)$/;

/** Returns the dates in a text, in the notations of French feeds. An instant may mean the day in its own zone or in Paris. */
function findDates(text: string): DateFound[] {
  const found: DateFound[] = [];
  const add = (value: string, days: readonly (string | null)[]) => {
    const existing = days.filter((day) => day !== null);
    if (existing.length > 0) found.push({ days: existing, value });
  };
  for (const [value, year, month, day, hour] of text.matchAll(iso))
    add(value, [dayOf(year, month, day), hour === undefined || Number(hour) < 21 ? null : nextDay(year, month, day)]);
  // A feed may write the month first; its connector knows.
  for (const [value, first, , second, year] of text.matchAll(numeric)) add(value, [dayOf(year, second, first), dayOf(year, first, second)]);
  for (const [value, day, word = "", year] of text.matchAll(inWords)) {
    const month = months.indexOf(plain(word).slice(0, 4)) + 1 || months.findIndex((start) => start.startsWith(plain(word))) + 1;
    if (month > 0) add(value, [dayOf(year, String(month), day)]);
  }
  const whole = compact.exec(text.trim());
  if (whole !== null) add(whole[0], [dayOf(whole[1], whole[2], whole[3])]);
  return found;
}

/** Removes the dates of a text. */
function withoutDates(text: string): string {
  return text.replace(iso, " ").replace(numeric, " ").replace(inWords, " ");
}

function plain(word: string): string {
  return word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function dayOf(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  const numbers = [Number(year), Number(month), Number(day)] as const;
  return isCalendarDay(...numbers) ? isoDay(...numbers) : null;
}

function nextDay(year: string | undefined, month: string | undefined, day: string | undefined): string {
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day) + 1)).toISOString().slice(0, 10);
}
