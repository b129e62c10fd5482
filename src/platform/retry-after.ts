/**
 * Returns the seconds to wait as given by Retry-After, or null if the header is missing or unreadable. Compares an HTTP date with the
 * server's `Date` header, so that a wrong clock does no harm.
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
