/** Epoch of a workbook: 1900 in Excel for Windows, 1904 in old Excel for Mac. */
export type DateSystem = 1900 | 1904;

const secondsADay = 86_400;
/** 9999-12-31, Excel's last day. */
const lastSerial = { 1900: 2_958_465, 1904: 2_957_003 } as const;
/** Day 0. In the 1900 system Excel counts a 29 February 1900 (serial 60), so earlier days are off by one. */
const dayZero = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

/**
 * Returns the date that Excel shows for a serial number: `2024-07-04`, or `2024-07-04T15:00:00` with a time. Serial 60 of the 1900 system
 * is 1900-02-29, which never existed. Null if Excel shows no date (negative, day 0 of 1900, after 9999).
 */
export function dateOfSerial(serial: number, system: DateSystem): string | null {
  const seconds = Math.round(serial * secondsADay);
  const day = Math.floor(seconds / secondsADay);
  if (serial < 0 || day > lastSerial[system] || (system === 1900 && day < 1)) return null;
  const time = seconds - day * secondsADay;
  const date = dayText(day, system);
  return time === 0 ? date : `${date}T${clockText(time)}`;
}

/** Returns the time or duration that Excel shows for a serial number: `15:30:00`, or `36:00:00` beyond a day. Null if negative. */
export function timeOfSerial(serial: number): string | null {
  if (serial < 0 || serial > lastSerial[1900]) return null;
  return clockText(Math.round(serial * secondsADay));
}

function dayText(day: number, system: DateSystem): string {
  if (system === 1900 && day === 60) return "1900-02-29";
  const shift = system === 1900 && day < 60 ? 1 : 0;
  return new Date(dayZero[system] + (day + shift) * secondsADay * 1000).toISOString().slice(0, 10);
}

function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
