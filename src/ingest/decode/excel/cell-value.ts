import { decodedText } from "./excel-text.ts";
import type { NumberFormat } from "./number-format.ts";
import { type DateSystem, dateOfSerial, timeOfSerial } from "./serial-date.ts";

/** Parts of the workbook that the values of cells depend on. */
export interface CellContext {
  readonly dateSystem: DateSystem;
  /** Shared texts, by position. */
  readonly sharedStrings: { at(position: number): string | undefined };
  /** By cell style. */
  readonly formats: readonly NumberFormat[];
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

/** Value of a cell and its error. */
export interface CellValue {
  /** Text, number or boolean. Dates are `2024-07-04` or `2024-07-04T15:00:00`, times `15:00:00`, percentages `50%`. `""` if empty. */
  readonly value: string | number | boolean;
  /** The error that the cell shows (`#REF!`), or the formula if its result is not stored. */
  readonly error?: string;
}

const nothing: CellValue = { value: "" };

/** Returns the value of a cell: the stored result of a formula, or a number by its format. */
export function cellValue(cell: StoredCell, context: CellContext): CellValue {
  const { type, stored } = cell;
  if (type === "inlineStr") return { value: cell.inline === "" ? decodedText(stored ?? "") : cell.inline };
  if (stored === null || (stored === "" && type !== "str"))
    return cell.formula === null ? nothing : { value: "", error: `=${cell.formula}` };
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

/** Returns a stored number by its format. Text that is not a number, or that would lose digits as one, is returned as text. */
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
 * Returns an ISO date to the second, without the time zone that some writers add: dates of sheets have none. Other texts are returned
 * unchanged.
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
