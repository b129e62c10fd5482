/**
 * Returns the seconds to wait by Retry-After, or null if it is missing or unreadable. An HTTP date is compared with the server's own
 * `Date`, so neither clock needs to be right.
 */
export function retryAfterSeconds(headers: Readonly<Record<string, string>>, now: number = Date.now()): number | null {
  const written = headers["retry-after"]?.trim();
  if (written === undefined) return null;
  if (/^\d{1,9}$/.test(written)) return Number(written);
  const then = /[a-z]/i.test(written) ? Date.parse(written) : Number.NaN; // Date.parse reads "-5" as a year
  if (Number.isNaN(then)) return null;
  const serverNow = Date.parse(headers.date ?? "");
  return Math.max(0, Math.ceil((then - (Number.isNaN(serverNow) ? now : serverNow)) / 1000));
}
