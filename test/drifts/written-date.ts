/** A date as a publisher writes it, which can be replaced by another day in the same format. */
export interface WrittenDate {
  /** `YYYY-MM-DD`, as written: an instant is not converted to another time zone. */
  readonly day: string;
  write(day: string): unknown;
}

const months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");

/** Publishers write this year, or a later one, for "no end". */
const neverFrom = "2090";

/** Reads a date in the formats of our feeds: ISO, `dd/MM/yyyy`, `yyyyMMdd`, French words, or the date of a cell. Returns null for others. */
export function writtenDate(value: unknown): WrittenDate | null {
  const read = value instanceof Date ? ofCell(value) : typeof value === "string" ? ofText(value) : null;
  return read === null || Number.isNaN(Date.parse(read.day)) || read.day >= neverFrom ? null : read;
}

function ofCell(cell: Date): WrittenDate | null {
  if (Number.isNaN(cell.getTime())) return null;
  const iso = cell.toISOString();
  return { day: iso.slice(0, 10), write: (day) => new Date(`${day}${iso.slice(10)}`) };
}

function ofText(text: string): WrittenDate | null {
  const iso = /^(\d{4}-\d\d-\d\d)(?!\d)(.*)$/s.exec(text);
  if (iso !== null) return { day: iso[1] ?? "", write: (day) => `${day}${iso[2]}` };
  const french = /^(\d\d)\/(\d\d)\/(\d{4})(.*)$/s.exec(text);
  if (french !== null)
    return { day: `${french[3]}-${french[2]}-${french[1]}`, write: (day) => `${day.split("-").reverse().join("/")}${french[4]}` };
  const short = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (short !== null) return { day: short.slice(1).join("-"), write: (day) => day.replaceAll("-", "") };
  const words = /^(\d{1,2})(?:er)? (\p{L}+) (\d{4})$/u.exec(text);
  const month = months.indexOf(words?.[2]?.toLowerCase() ?? "") + 1;
  if (words === null || month === 0) return null;
  return { day: `${words[3]}-${twoDigits(month)}-${twoDigits(Number(words[1]))}`, write: inWords };
}

function inWords(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date === 1 ? "1er" : date} ${months[(month ?? 1) - 1]} ${year}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** Returns the day that is a number of days after another one. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Returns the same day of another year. 29 February becomes 28 February. */
export function yearsAfter(day: string, years: number): string {
  const moved = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
  return new Date(Date.parse(moved)).toISOString().slice(0, 10) === moved ? moved : moved.replace(/-29$/, "-28");
}
