import { parisDay } from "../model/text/paris-day.ts";

const inWords = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" });

/** A day (`2026-11-25`) in words: `25 novembre 2026`, `1er décembre 2026`. What is no day comes back as it is. */
export function frenchDay(day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) return day;
  return inWords.format(new Date(day)).replace(/^1 /, "1er ");
}

/** The day of an ISO instant in Paris, in words. */
export function frenchDayOf(instant: string): string {
  return frenchDay(parisDay(new Date(instant)));
}
