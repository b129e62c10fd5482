import { offsetAt } from "../../kit/values/dates/calendar-date.ts";

/**
 * The instant at which a calendar date begins in Paris, in UTC: "2023-06-02" gives "2023-06-01T22:00:00.000Z". `undefined` for a date that
 * does not exist.
 */
export function parisMidnight(date: string): string | undefined {
  const localMidnight = Date.parse(`${date}T00:00:00.000Z`);
  // V8 rolls 31 February over to March.
  if (Number.isNaN(localMidnight) || new Date(localMidnight).toISOString().slice(0, 10) !== date) return undefined;
  const guess = localMidnight - offsetAt(localMidnight, "Europe/Paris");
  return new Date(localMidnight - offsetAt(guess, "Europe/Paris")).toISOString();
}
