import { parisMidnight } from "../../kit/values/dates/paris-midnight.ts";
import { parisDay } from "../../model/text/paris-day.ts";

/** Returns the month (`YYYY-MM`) of an instant in Paris. The 31st at 23:30 UTC is in the next month. */
export function parisMonth(instant: Date): string {
  return parisDay(instant).slice(0, 7);
}

/** Returns the instant at which a month (`YYYY-MM`) begins in Paris. Throws if it is not a month. */
export function monthBegins(month: string): Date {
  const begins = parisMidnight(`${month}-01`);
  if (begins === undefined) throw new Error(`${month} is not a month`);
  return new Date(begins);
}

/** Returns `count` consecutive months, oldest first; the last is the month of the instant in Paris. */
export function lastMonths(instant: Date, count: number): readonly string[] {
  const [year = 0, month = 1] = parisMonth(instant).split("-").map(Number);
  return Array.from({ length: count }, (_, index) => monthOf(year * 12 + month - 1 - (count - 1 - index)));
}

function monthOf(place: number): string {
  return `${Math.floor(place / 12)}-${String((place % 12) + 1).padStart(2, "0")}`;
}
