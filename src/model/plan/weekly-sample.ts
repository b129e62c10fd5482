import { parisDay } from "../text/paris-day.ts";

/** Number of aids published by runs that a person checks each week. */
const weeklySampleSize = 10;

/** Returns the period and the seed of the sample at an instant: the last seven days, with the same choice on every day of a week. */
export function weeklySample(now: Date): { readonly since: Date; readonly seed: string; readonly size: number } {
  const days = Math.floor(Date.parse(`${parisDay(now)}T00:00:00Z`) / 86_400_000);
  // 1 January 1970 was a Thursday; weeks begin on Monday.
  return { since: new Date(now.getTime() - 7 * 86_400_000), seed: `week ${Math.floor((days + 3) / 7)}`, size: weeklySampleSize };
}
