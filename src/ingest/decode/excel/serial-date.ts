/** Day from which a workbook counts: Windows Excel from 1900, old Mac Excel from 1904. */
export type DateSystem = 1900 | 1904;

const secondsADay = 86_400;
/** 9999-12-31, Excel's last day, in each system. */
const lastSerial = { 1900: 2_958_465, 1904: 2_957_003 } as const;
/** The day before day 0. In 1900 Excel believes in a 29 February (serial 60): days before it are one off. */
const dayZero = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

/**
 * The local date that Excel shows for a serial number: `2024-07-04`, or `2024-07-04T15:00:00` where it has an hour (to the second).
 * Serial 60 of the 1900 system is shown as the day that never was, 1900-02-29. Null where Excel shows no date (negative, day 0 of 1900, after 9999).
 */
export function dateOfSerial(serial: number, system: DateSystem): string | null {
  const seconds = Math.round(serial * secondsADay);
  const day = Math.floor(seconds / secondsADay);
  if (serial < 0 || day > lastSerial[system] || (system === 1900 && day < 1)) return null;
  const time = seconds - day * secondsADay;
  const date = dayText(day, system);
  return time === 0 ? date : `${date}T${clockText(time)}`;
}

/** The hour or duration that Excel shows for a serial number: `15:30:00`, hours beyond a day counted on (`36:00:00`). Null for a negative one. */
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
