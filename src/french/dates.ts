import { parisDay } from "../model/text/paris-day.ts";
import { french } from "./typography.ts";

const dayFormat = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" });

/** Returns a day (`2026-11-25`) in words: `25 novembre 2026`, `1er décembre 2026`. Any other text is returned unchanged. */
export function frenchDay(day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) return day;
  return dayFormat.format(new Date(day)).replace(/^1 /, "1er ");
}

/** Returns the day of an ISO instant in Paris, in words. */
export function frenchDayOf(instant: string): string {
  return frenchDay(parisDay(new Date(instant)));
}

const monthFormat = new Intl.DateTimeFormat("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });
const shortMonthFormat = new Intl.DateTimeFormat("fr-FR", { month: "short", timeZone: "UTC" });

/** Returns a month (`2026-11`) in words: `novembre 2026`. */
export function frenchMonth(month: string): string {
  return monthFormat.format(new Date(`${month}-01`));
}

/** Returns a short month (`2026-11`) without its year: `nov.`. */
export function shortMonth(month: string): string {
  return shortMonthFormat.format(new Date(`${month}-01`));
}

const dateFormatNames: Readonly<Record<string, string>> = {
  iso: "comme 2026-11-25",
  "iso-local": "comme 2026-11-25",
  french: "comme 25 novembre 2026",
  rfc822: "comme dans un flux RSS",
};

/** Returns a date format in the notation of French users: `dd/MM/yyyy` is « jj/mm/aaaa ». */
export function dateFormatLabel(format: string): string {
  const known = dateFormatNames[format];
  if (known !== undefined) return known;
  return french`${format
    .replaceAll("yyyy", "aaaa")
    .replaceAll("yy", "aa")
    .replaceAll("mm", "mn")
    .replaceAll("MMMM", "mois")
    .replaceAll("MM", "mm")
    .replace(/\bM\b/g, "m")
    .replaceAll("dd", "jj")
    .replace(/\bd\b/g, "j")
    .replaceAll("HH", "hh")}`;
}
