import { frenchDay } from "../../french/dates.ts";
import { parisDay } from "../../model/text/paris-day.ts";

export { truncate } from "../../french/typography.ts";

const dayAndTime = new Intl.DateTimeFormat("fr-FR", {
  timeZone: "Europe/Paris",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const shortDayAndTime = new Intl.DateTimeFormat("fr-FR", {
  timeZone: "Europe/Paris",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** Formats a day (`YYYY-MM-DD`), or an instant in Paris: `25 novembre 2026`. */
export function formatDay(when: string | Date): string {
  return frenchDay(typeof when === "string" ? when.slice(0, 10) : parisDay(when));
}

/** Formats an instant in Paris: `25 novembre 2026 à 03:00`. */
export function formatDateTime(when: Date): string {
  return dayAndTime.format(when).replace(/^1 /, "1er ");
}

/** Formats an instant in Paris for tables: `25/11/2026 03:00`. */
export function formatShortDateTime(when: Date): string {
  return shortDayAndTime.format(when).replace(",", "");
}

/** Formats a duration: `850 ms`, `2,3 s`, `3 min 20 s`, `1 h 05 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)}\u00a0ms`;
  if (ms < 9950) return `${String(Math.round(ms / 100) / 10).replace(".", ",")}\u00a0s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${seconds % 60 === 0 ? "" : ` ${seconds % 60} s`}`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}
