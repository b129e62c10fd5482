const dayLength = 24 * 60 * 60_000;
/** Maximum number of cached days per zone. The cache is then cleared. */
const maxDays = 20_000;

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  /** Offset in milliseconds by UTC day since 1970. NaN if the offset changes during the day. */
  readonly offsets: Map<number, number>;
}
const zones = new Map<string, Zone>();

/** Returns true for an IANA time zone that Node knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    zoneOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Returns a zone's local time minus UTC, in milliseconds, at an instant since 1970. Throws `RangeError` for an unknown zone. */
export function offsetAt(instant: number, timeZone: string): number {
  const { formatter, offsets } = zoneOf(timeZone);
  const day = Math.floor(instant / dayLength);
  let offset = offsets.get(day);
  if (offset === undefined) {
    const start = day * dayLength;
    offset = readOffset(start, formatter);
    if (offset !== readOffset(start + dayLength, formatter)) offset = Number.NaN;
    if (offsets.size >= maxDays) offsets.clear();
    offsets.set(day, offset);
  }
  return Number.isNaN(offset) ? readOffset(instant, formatter) : offset;
}

/** Computes the offset with `Intl`, which takes some microseconds. */
function readOffset(instant: number, formatter: Intl.DateTimeFormat): number {
  const whole = Math.floor(instant / 1000) * 1000;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(whole)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const zone = { formatter, offsets: new Map<number, number>() };
  zones.set(timeZone, zone);
  return zone;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Returns true if the day exists. 29 February exists in leap years only. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && isLeap ? 29 : monthLengths[month - 1];
  return length !== undefined && day >= 1 && day <= length;
}

/** Formats a day as YYYY-MM-DD. */
export function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** Formats 7 as "07". */
export function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
