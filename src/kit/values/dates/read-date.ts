import { isCalendarDay, isoDay, offsetAt, twoDigits } from "./calendar-date.ts";
import { readerOfFormat, type WrittenDate } from "./date-format.ts";

/** A text read as a date in the publisher's zone. */
export type DateReading =
  | {
      readonly kind: "moment";
      /** YYYY-MM-DD; null if the format has a time only. */
      readonly day: string | null;
      /** HH:MM; null if there is no time. */
      readonly hour: string | null;
      /** Blanks were removed to read it. */
      readonly hadBlanks: boolean;
    }
  | { readonly kind: "empty" | "impossible" | "text" | "unreadable" };

const firstYear = 1900;
const lastYear = 2199;
const zeroDate = /^0000-00-00(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;

/**
 * Reads a text by the first matching format. A day that does not exist is "impossible", never rolled over; a text without digits is
 * "text"; anything else, or a year outside 1900–2199, is "unreadable". The result never depends on the clock.
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

/** Returns true for the empty date of databases, `0000-00-00 00:00:00`. */
export function isZeroDate(text: string): boolean {
  return zeroDate.test(text.trim());
}

/** Tries the formats. Returns the first date; else "impossible" or "unreadable" if one matched; else undefined. */
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
    // Midnight and the last minute mean no time, in whatever zone they are written: 00:00Z is not 02:00 in Paris.
    hour: standsForNoHour(hour) ? null : `${twoDigits(local.getUTCHours())}:${twoDigits(local.getUTCMinutes())}`,
    hadBlanks,
  };
}

function standsForNoHour(hour: string | null): boolean {
  return hour === null || hour === "00:00" || hour === "23:59";
}

/** Returns HH:MM as written, null without a time, undefined for an impossible time. 24:00 ends the day: 23:59. */
function clockOf({ hour, minute = 0, second = 0 }: WrittenDate): string | null | undefined {
  if (hour === undefined) return null;
  if (hour === 24 && minute === 0 && second === 0) return "23:59";
  // A leap second is written 60.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** Returns the error in a format for a rule that needs a day or a time, or undefined. */
export function formatProblem(format: string, wants: "day" | "hour"): string | undefined {
  const reader = readerOfFormat(format);
  if (wants === "day" && !reader.hasDay) return "a date format holds a day (dd, d), a month (MM, M, MMMM) and a year (yyyy, yy), each once";
  if (wants === "hour" && !reader.hasHour) return "a time format holds an hour (HH), once";
  return undefined;
}
