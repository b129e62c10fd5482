import { isCalendarDay, isoDay, offsetAt, twoDigits } from "./calendar-date.ts";
import { readerOfFormat, type WrittenDate } from "./date-format.ts";

/** Result of reading a text as a date in the publisher's time zone. */
export type DateReading =
  | {
      readonly kind: "moment";
      /** YYYY-MM-DD. Null if the format contains only a time. */
      readonly day: string | null;
      /** HH:MM. Null without a time. */
      readonly hour: string | null;
      /** The text matches only after removing blanks. */
      readonly hadBlanks: boolean;
    }
  | { readonly kind: "empty" | "impossible" | "text" | "unreadable" };

const firstYear = 1900;
const lastYear = 2199;
const zeroDate = /^0000-00-00(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;

/**
 * Reads a text by the first matching format. Without a match, a text without digits is "text", and any other is "unreadable". A day that
 * does not exist is "impossible". A year outside 1900–2199 is "unreadable". The result does not depend on the clock.
 */
export function readDateText(text: string, formats: readonly string[], timeZone: string): DateReading {
  const trimmed = text.trim();
  if (trimmed === "" || isZeroDate(trimmed)) return { kind: "empty" };
  const asWritten = readByFormats(trimmed, formats, timeZone, false);
  if (asWritten !== undefined && asWritten.kind !== "impossible") return asWritten;
  if (/\d/.test(trimmed) && /\s/.test(trimmed) && trimmed.length <= 60) {
    const tight = trimmed.replace(/\s*([:/.-])\s*/g, "$1");
    for (const candidate of [tight, tight.replace(/\s+/g, "")]) {
      const reading = readByFormats(candidate, formats, timeZone, true);
      if (reading?.kind === "moment") return reading;
    }
  }
  if (asWritten !== undefined) return asWritten;
  return { kind: /\d/.test(trimmed) ? "unreadable" : "text" };
}

/** Returns true for `0000-00-00 00:00:00`, the empty date of some databases. */
export function isZeroDate(text: string): boolean {
  return zeroDate.test(text.trim());
}

/** Returns the first valid date; else the error of the first matching format; else undefined. */
function readByFormats(text: string, formats: readonly string[], timeZone: string, hadBlanks: boolean): DateReading | undefined {
  let refused: DateReading | undefined;
  for (const format of formats) {
    const reader = readerOfFormat(format);
    if (hadBlanks && !reader.isCompact) continue;
    const written = reader.read(text);
    if (written === undefined) continue;
    const reading = momentOf(written, timeZone, hadBlanks);
    if (reading.kind === "moment") return reading;
    refused ??= reading;
  }
  return refused;
}

function momentOf(written: WrittenDate, timeZone: string, hadBlanks: boolean): DateReading {
  const { year, month, day, offset } = written;
  const hour = clockOf(written);
  if (hour === undefined) return { kind: "impossible" };
  if (year === undefined || month === undefined || day === undefined) return { kind: "moment", day: null, hour, hadBlanks };
  if (!isCalendarDay(year, month, day)) return { kind: "impossible" };
  if (year < firstYear || year > lastYear) return { kind: "unreadable" };
  if (offset === undefined) return { kind: "moment", day: isoDay(year, month, day), hour, hadBlanks };

  const instant = Date.UTC(year, month - 1, day, written.hour ?? 0, (written.minute ?? 0) - offset, written.second ?? 0);
  const local = new Date(instant + offsetAt(instant, timeZone));
  return {
    kind: "moment",
    day: isoDay(local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()),
    // Midnight and 23:59 mean "no time" in every zone, so 00:00Z does not become 02:00 in Paris.
    hour: meansNoTime(hour) ? null : `${twoDigits(local.getUTCHours())}:${twoDigits(local.getUTCMinutes())}`,
    hadBlanks,
  };
}

function meansNoTime(hour: string | null): boolean {
  return hour === null || hour === "00:00" || hour === "23:59";
}

/** Returns HH:MM as written, null without a time, undefined for an impossible time. 24:00 becomes 23:59 of the same day. */
function clockOf({ hour, minute = 0, second = 0 }: WrittenDate): string | null | undefined {
  if (hour === undefined) return null;
  if (hour === 24 && minute === 0 && second === 0) return "23:59";
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** Returns the error in a format for a rule that needs a day or an hour, or undefined. */
export function formatProblem(format: string, needs: "day" | "hour"): string | undefined {
  const reader = readerOfFormat(format);
  if (needs === "day" && !reader.hasDay) return "a date format needs a day (dd, d), a month (MM, M, MMMM) and a year (yyyy, yy), once each";
  if (needs === "hour" && !reader.hasHour) return "a time format needs one hour (HH)";
  return undefined;
}
