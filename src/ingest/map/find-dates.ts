import { isCalendarDay, isoDay } from "../../kit/values/dates/calendar-date.ts";

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
export function findDates(text: string): DateFound[] {
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
export function withoutDates(text: string): string {
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
