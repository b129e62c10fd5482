/**
 * Seconds that a server asks us to wait; null where it does not say, or not in a readable way. Either a number of seconds or an HTTP date, which is
 * read against the server's own `Date`, so that neither clock needs to be right.
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
