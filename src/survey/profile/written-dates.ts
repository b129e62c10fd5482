import { readDateText } from "../../kit/values/dates/read-date.ts";
import { type Evidence, evidence } from "../../model/survey/evidence.ts";

/** How the dates of a field are written. */
export interface WrittenDates {
  /** Formats for the rule, most frequent first. */
  readonly formats: readonly string[];
  /** Share of the texts that the formats match. */
  readonly read: number;
  /** True if a text contains a time other than midnight and 23:59. */
  readonly hasHours: boolean;
  /** Texts that mean "no end": `31/12/2099`. */
  readonly noEnd: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** Maximum number of texts examined. */
const maxTexts = 1_000;
const maxDate = 60;
/** Dates from this year on mean "no end". */
const firstYearWithoutEnd = 2090;

const dayFirst = [
  "dd/MM/yyyy",
  "dd/MM/yy",
  "d/M/yyyy",
  "dd/MM/yyyy HH:mm:ss",
  "dd/MM/yyyy HH:mm",
  "dd/MM/yyyy à HH:mm",
  "dd/MM/yyyy à HHhmm",
];
const monthFirst = ["MM/dd/yyyy", "MM/dd/yy", "M/d/yyyy", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm"];
const others = [
  "iso",
  "yyyyMMdd",
  "dd-MM-yyyy",
  "dd.MM.yyyy",
  "yyyy/MM/dd",
  "yyyy/MM/dd HH:mm:ss",
  "d-M-yyyy",
  "d.M.yyyy",
  "french",
  "rfc822",
];

/** Detects the date formats of texts, or returns null without a date. Dates with extra spaces and impossible dates match too. */
export function writtenDates(texts: readonly string[], timeZone: string): WrittenDates | null {
  const examined = texts.slice(0, maxTexts).map((text) => text.trim());
  const short = examined.filter((text) => text.length <= maxDate && /\d/.test(text));
  if (short.length === 0) return null;
  const order = orderOf(short);
  const candidates = [...others.slice(0, 1), ...(order.isMonthFirst ? monthFirst : dayFirst), ...others.slice(1)];
  const { formats, unread } = fewestFormats(short, candidates, timeZone);
  if (formats.length === 0) return null;
  const noEnd = [...new Set(short.filter((text) => yearOf(text, formats, timeZone) >= firstYearWithoutEnd))].slice(0, 5);
  const zone = formats.includes("iso") ? zoneOf(short) : { isMeant: true, evidence: [] };
  const read = (short.length - unread.length) / examined.length;
  return {
    formats: zone.isMeant ? formats : formats.map((format) => (format === "iso" ? "iso-local" : format)),
    read,
    hasHours: short.some((text) => hasTime(text, formats, timeZone)),
    noEnd,
    evidence: [
      ...(formats.some((format) => format.includes("/") && !format.startsWith("yyyy")) ? order.evidence : []),
      ...zone.evidence,
      ...(formats.length > 1 ? [evidence("several-formats", { formats: formats.join(", ") })] : []),
      ...noEnd.slice(0, 1).map((text) => evidence("no-end", { text })),
      ...(read < 1
        ? [
            evidence("not-all-read", {
              share: Math.round(read * 100),
              example: unread[0] ?? examined.find((text) => !short.includes(text)) ?? "",
            }),
          ]
        : []),
    ],
  };
}

/** Selects the fewest formats that match as many texts as possible. */
function fewestFormats(texts: readonly string[], candidates: readonly string[], timeZone: string): { formats: string[]; unread: string[] } {
  const formats: string[] = [];
  let unread = [...texts];
  while (unread.length > 0) {
    let best: { format: string; left: string[] } | undefined;
    for (const format of candidates) {
      const left = unread.filter((text) => !isRead(text, format, timeZone));
      if (left.length < (best?.left ?? unread).length) best = { format, left };
    }
    if (best === undefined) break;
    formats.push(best.format);
    unread = best.left;
  }
  return { formats, unread };
}

function isRead(text: string, format: string, timeZone: string): boolean {
  const reading = readDateText(text, [format], timeZone);
  return reading.kind === "empty" || (reading.kind === "moment" && reading.day !== null);
}

function yearOf(text: string, formats: readonly string[], timeZone: string): number {
  const reading = readDateText(text, formats, timeZone);
  return reading.kind === "moment" && reading.day !== null ? Number(reading.day.slice(0, 4)) : 0;
}

function hasTime(text: string, formats: readonly string[], timeZone: string): boolean {
  const reading = readDateText(text, formats, timeZone);
  return reading.kind === "moment" && reading.hour !== null && reading.hour !== "00:00" && reading.hour !== "23:59";
}

/** Decides between day first and month first by the numbers above 12. The default is day first, as in French. */
function orderOf(texts: readonly string[]): { readonly isMonthFirst: boolean; readonly evidence: readonly Evidence[] } {
  const pairs = texts.flatMap((text) => {
    const [, first = "", second = ""] = /^(\d{1,2})\/(\d{1,2})\/\d{2,4}/.exec(text) ?? [];
    return first === "" ? [] : [{ text, first: Number(first), second: Number(second) }];
  });
  const dayFirst = pairs.filter(({ first, second }) => first > 12 && second <= 12);
  const monthFirst = pairs.filter(({ first, second }) => second > 12 && first <= 12);
  const isMonthFirst = monthFirst.length > dayFirst.length;
  const telling = (isMonthFirst ? monthFirst : dayFirst)[0];
  if (telling === undefined) return { isMonthFirst: false, evidence: pairs.length === 0 ? [] : [evidence("day-or-month")] };
  const params = { example: telling.text };
  if (dayFirst.length > 0 && monthFirst.length > 0) {
    return {
      isMonthFirst,
      evidence: [evidence("both-orders", { ...params, other: (isMonthFirst ? dayFirst : monthFirst)[0]?.text ?? "" })],
    };
  }
  return { isMonthFirst, evidence: [evidence(isMonthFirst ? "month-first" : "day-first", params)] };
}

/** Decides whether instants with `Z` are in UTC. 22:00Z and 23:00Z are: midnight in Paris. 23:59Z is local time, the end of a day. */
function zoneOf(texts: readonly string[]): { readonly isMeant: boolean; readonly evidence: readonly Evidence[] } {
  const hours = texts.flatMap((text) => /T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(text)?.[1] ?? []);
  if (hours.includes("23:59")) return { isMeant: false, evidence: [evidence("zone-not-meant", { hour: "23:59" })] };
  const midnight = hours.find((hour) => hour === "22:00" || hour === "23:00");
  return { isMeant: true, evidence: midnight === undefined ? [] : [evidence("midnight-in-utc", { hour: midnight })] };
}
