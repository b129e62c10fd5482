import type { DayTruth } from "./truth.ts";

const months = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];
const two = (text: string | number) => String(text).padStart(2, "0");
/** Feeds write a date of the far future for "no end". An empty field is as good. */
const noEndFrom = "2090";

/** Returns the day that a careful person reads in a value, `YYYY-MM-DD`. Null without a day, and for "no end". */
export function expectedDay(value: unknown, day: DayTruth): string | null {
  const text = value instanceof Date ? value.toISOString() : String(value ?? "");
  const found = dayIn(text.trim(), day);
  return found === null || found >= noEndFrom ? null : found;
}

function dayIn(text: string, { order, zone }: DayTruth): string | null {
  if (zone !== undefined && /T\d{2}: ?\d{2}.*(?:Z|[+-]\d{2}: ?\d{2})$/.test(text)) {
    const instant = new Date(text.replaceAll(" ", ""));
    return Number.isNaN(instant.getTime()) ? null : new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(instant);
  }
  const iso = /(\d{4})-?(\d{2})-?(\d{2})/.exec(text);
  if (iso !== null) return `${iso[1]}-${iso[2]}-${iso[3]}`;
  const numeric = /(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)/.exec(text);
  if (numeric?.[1] !== undefined && numeric[2] !== undefined && numeric[3] !== undefined) {
    const [dayOfMonth, month] = order === "mdy" ? [numeric[2], numeric[1]] : [numeric[1], numeric[2]];
    return `${numeric[3].length === 2 ? `20${numeric[3]}` : numeric[3]}-${two(month)}-${two(dayOfMonth)}`;
  }
  const folded = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const written = /(\d{1,2})(?:er)?\s+([a-z]+)\s+(\d{4})/.exec(folded);
  const month = months.indexOf(written?.[2] ?? "");
  return written === null || month === -1 ? null : `${written[3]}-${two(month + 1)}-${two(written[1] ?? "")}`;
}
