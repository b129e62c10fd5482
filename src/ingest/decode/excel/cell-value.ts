import type { NumberFormat } from "./cell-styles.ts";
import { decodedText } from "./shared-strings.ts";

/** Parts of the workbook that the values of cells depend on. */
export interface CellContext {
  readonly dateSystem: DateSystem;
  /** Texts shared by cells, by position. */
  readonly sharedStrings: { at(position: number): string | undefined };
  /** By cell style. */
  readonly formats: readonly NumberFormat[];
  /** Background colour by cell style, as written in the file; empty for none. */
  readonly colours: readonly string[];
}

/** A cell in the XML of a sheet. */
export interface StoredCell {
  /** `s`, `str`, `inlineStr`, `b`, `n`, `e`, `d`; `n` by default. */
  readonly type: string;
  readonly style: number;
  /** Text of `<v>`; null if absent. */
  readonly stored: string | null;
  /** Text of `<is>`. */
  readonly inline: string;
  /** Text of `<f>`; null if absent. */
  readonly formula: string | null;
}

/** The value of a cell, and its error. */
export interface CellValue {
  /** Text, number or boolean. Dates are `2024-07-04` or `2024-07-04T15:00:00`, times `15:00:00`, percentages `50%`. `""` if empty. */
  readonly value: string | number | boolean;
  /** The error that the cell shows (`#REF!`), or the formula if its result is not stored. */
  readonly error?: string;
}

const emptyCell: CellValue = { value: "" };

/** Returns the value of a cell. The value of a formula is its stored result. Numbers are formatted by the cell's style. */
export function cellValue(cell: StoredCell, context: CellContext): CellValue {
  const { type, stored } = cell;
  if (type === "inlineStr") return { value: cell.inline === "" ? decodedText(stored ?? "") : cell.inline };
  if (stored === null || (stored === "" && type !== "str"))
    return cell.formula === null ? emptyCell : { value: "", error: `=${cell.formula}` };
  switch (type) {
    case "s":
      return sharedString(stored, context.sharedStrings);
    case "str":
      return { value: decodedText(stored) };
    case "b":
      return { value: stored.trim() === "1" || stored.trim() === "true" };
    case "e":
      return { value: "", error: stored };
    case "d":
      return { value: localDate(stored.trim()) };
    default:
      return { value: formattedNumber(stored, context.formats[cell.style] ?? "number", context.dateSystem) };
  }
}

function sharedString(stored: string, strings: CellContext["sharedStrings"]): CellValue {
  const text = strings.at(Number(stored));
  return text === undefined ? { value: "", error: `shared string ${stored}` } : { value: text };
}

/** Formats a stored number. Returns the text if it is not a number, or if a number cannot represent all its digits. */
export function formattedNumber(stored: string, format: NumberFormat, system: DateSystem): string | number {
  const number = Number(stored);
  if (stored.trim() === "") return "";
  if (!Number.isFinite(number) || (/^-?\d{16,}$/.test(stored) && !Number.isSafeInteger(number))) return stored.trim();
  if (format === "number") return number;
  if (format === "percent") return `${Number((number * 100).toPrecision(15))}%`;
  if (format === "duration" || (format === "time" && number < 1)) return timeOfSerial(number) ?? number;
  if (format === "date" || format === "time") return dateOfSerial(number, system) ?? number;
  return Number.isInteger(number) && number >= 0 ? String(number).padStart(format.digits, "0") : number;
}

const isoDate = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Returns an ISO date to the second, without a time zone. Dates of sheets have no time zone, but some programs write one. Returns other
 * texts unchanged.
 */
export function localDate(text: string): string {
  const [, day, time, fraction] = isoDate.exec(text) ?? [];
  if (day === undefined) return text;
  const written = `${day}T${time === undefined ? "00:00:00" : time.length === 5 ? `${time}:00` : time}`;
  return (Number(fraction ?? 0) < 0.5 ? written : oneSecondLater(written)).replace(/T00:00:00$/, "");
}

function oneSecondLater(date: string): string {
  const instant = Date.parse(`${date}Z`);
  return Number.isNaN(instant) ? date : new Date(instant + 1000).toISOString().slice(0, 19);
}

/** Epoch of a workbook's dates: 1900 in Excel for Windows, 1904 in old Excel for Mac. */
export type DateSystem = 1900 | 1904;

const secondsPerDay = 86_400;
/** Serial number of Excel's last day, 9999-12-31. */
const lastSerial = { 1900: 2_958_465, 1904: 2_957_003 } as const;
/** Day 0 by date system. In the 1900 system, Excel counts a 29 February 1900 (serial 60), so days before it are shifted by one. */
const dayZero = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

/**
 * Returns the date that Excel shows for a serial number: `2024-07-04`, or `2024-07-04T15:00:00` with a time. Returns null if Excel shows no
 * date: for a negative number, day 0 of the 1900 system, and days after 9999.
 */
export function dateOfSerial(serial: number, system: DateSystem): string | null {
  const seconds = Math.round(serial * secondsPerDay);
  const day = Math.floor(seconds / secondsPerDay);
  if (serial < 0 || day > lastSerial[system] || (system === 1900 && day < 1)) return null;
  const time = seconds - day * secondsPerDay;
  const date = dayText(day, system);
  return time === 0 ? date : `${date}T${clockText(time)}`;
}

/** Returns the time or duration that Excel shows for a serial number: `15:30:00`, or `36:00:00`. Returns null for a negative number. */
export function timeOfSerial(serial: number): string | null {
  if (serial < 0 || serial > lastSerial[1900]) return null;
  return clockText(Math.round(serial * secondsPerDay));
}

function dayText(day: number, system: DateSystem): string {
  if (system === 1900 && day === 60) return "1900-02-29";
  const shift = system === 1900 && day < 60 ? 1 : 0;
  return new Date(dayZero[system] + (day + shift) * secondsPerDay * 1000).toISOString().slice(0, 10);
}

function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
