import { readDateText } from "../../kit/values/dates/read-date.ts";

/** A day in a sentence. */
export interface FoundDate {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

const months = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre";
const formats = ["french", "d/M/yyyy", "d/M/yy"];
const written = new RegExp(
  `\\bfin (?<month>${months}) (?<year>\\d{4})\\b|\\b\\d{1,2}(?:er)? (?:${months}) \\d{4}\\b|\\b\\d{1,2} ?[/.-] ?\\d{1,2} ?[/.-] ?(?:\\d{4}|\\d{2})\\b`,
  "g",
);
const withoutYear = new RegExp(`\\b\\d{1,2}(?:er)? (?:${months})\\b(?! \\d{4})`, "g");

/**
 * Finds the days in a folded sentence (`foldTerm`): "31 mars 2027", "31/03/27", and "fin juin 2027" as the last day of June. The rule of
 * connectors reads them (`readDateText`), so days that do not exist are left out.
 */
export function findDates(folded: string): FoundDate[] {
  const found: FoundDate[] = [];
  for (const match of folded.matchAll(written)) {
    const { month, year } = match.groups ?? {};
    const day = month === undefined ? dayOf(match[0].replace(/ ?[/.-] ?/g, "/")) : lastDayOf(`${month} ${year}`);
    if (day !== null) found.push({ day, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** Counts the days without a year in a folded sentence: "31 mars et 30 septembre" has two. */
export function yearlessDates(folded: string): number {
  return [...folded.matchAll(withoutYear)].length;
}

function dayOf(text: string): string | null {
  const reading = readDateText(text, formats, "Europe/Paris");
  return reading.kind === "moment" ? reading.day : null;
}

function lastDayOf(monthAndYear: string): string | null {
  for (const day of ["31", "30", "29", "28"]) {
    const found = dayOf(`${day} ${monthAndYear}`);
    if (found !== null) return found;
  }
  return null;
}
