/** Numbers that a date format finds in a text, unchecked. Undefined if the text does not contain them. */
export interface WrittenDate {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
  readonly hour: number | undefined;
  readonly minute: number | undefined;
  readonly second: number | undefined;
  /** Minutes east of UTC, if the text contains a zone. */
  readonly offset: number | undefined;
}

/** Parses a text in one format. Returns undefined if the text does not match. */
type FormatReader = (text: string) => WrittenDate | undefined;

/** One compiled format. */
export interface DateFormatReader {
  readonly read: FormatReader;
  /** A text that does not match is tried again without blanks. */
  readonly isCompact: boolean;
  readonly hasDay: boolean;
  readonly hasHour: boolean;
}

const compiled = new Map<string, DateFormatReader>();

/** Returns the compiled reader of a format (see `DateFormat`). */
export function readerOfFormat(format: string): DateFormatReader {
  const known = compiled.get(format);
  if (known !== undefined) return known;
  const reader = compileFormat(format);
  compiled.set(format, reader);
  return reader;
}

function compileFormat(format: string): DateFormatReader {
  if (format === "iso") return { read: readIso, isCompact: true, hasDay: true, hasHour: true };
  if (format === "iso-local") return { read: readIsoAsWritten, isCompact: true, hasDay: true, hasHour: true };
  if (format === "french") return { read: readFrench, isCompact: false, hasDay: true, hasHour: true };
  if (format === "rfc822") return { read: readRfc822, isCompact: false, hasDay: true, hasHour: true };
  return compileTokens(format);
}

const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

function readIso(text: string): WrittenDate | undefined {
  const found = iso.exec(text);
  return found === null ? undefined : isoParts(found, found[7] === undefined ? undefined : offsetOf(found[7]));
}

function readIsoAsWritten(text: string): WrittenDate | undefined {
  const found = iso.exec(text);
  return found === null ? undefined : isoParts(found, undefined);
}

// Writes all keys, because a spread is twenty times slower and a feed may contain hundreds of thousands of dates.
function isoParts(found: RegExpExecArray, offset: number | undefined): WrittenDate {
  return {
    year: Number(found[1]),
    month: Number(found[2]),
    day: Number(found[3]),
    hour: optionalNumber(found[4]),
    minute: optionalNumber(found[5]),
    second: optionalNumber(found[6]),
    offset,
  };
}

function optionalNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** Converts "Z", "+01:00", "+0100" or "+01" to minutes east of UTC. */
function offsetOf(text: string): number {
  const digits = text.replace(/\D/g, "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text.startsWith("-") ? -minutes : minutes;
}

const frenchMonths = [
  ["janvier", "janv", "jan"],
  ["fevrier", "fevr", "fev"],
  ["mars"],
  ["avril", "avr"],
  ["mai"],
  ["juin"],
  ["juillet", "juil"],
  ["aout"],
  ["septembre", "sept", "sep"],
  ["octobre", "oct"],
  ["novembre", "nov"],
  ["decembre", "dec"],
];
const monthOfWord = new Map(frenchMonths.flatMap((words, index) => words.map((word) => [word, index + 1] as const)));
const monthWords = [...monthOfWord.keys()].sort((a, b) => b.length - a.length).join("|");

const french = new RegExp(
  "^(?:jusqu'au |au |le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? )?" +
    `(\\d{1,2}) ?(?:er)? (${monthWords})\\.? (\\d{4})` +
    "(?:,? (?:a |- )?(?:(midi)|(minuit)|(\\d{1,2}) ?(?:h|:|heures?) ?(\\d{2})?))?\\.?$",
);

/** Returns a text in lower case, without accents, with single blanks and straight apostrophes. "1ᵉʳ" becomes "1er". */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/\s+/g, " ").toLowerCase();
}

function readFrench(text: string): WrittenDate | undefined {
  if (text.length > 80) return undefined;
  const found = french.exec(plain(text));
  if (found === null) return undefined;
  const [, day, month = "", year, midday, midnight, hour, minute] = found;
  return {
    year: Number(year),
    month: monthOfWord.get(month) ?? 0,
    day: Number(day),
    hour: midday !== undefined ? 12 : midnight !== undefined ? 24 : optionalNumber(hour),
    minute: optionalNumber(minute),
    second: undefined,
    offset: undefined,
  };
}

const rfc822 = /^(?:[a-z]{3},? )?(\d{1,2}) ([a-z]{3}) (\d{4}|\d{2}) (\d{2}):(\d{2})(?::(\d{2}))? ?([a-z]{1,4}|[+-]\d{4})?$/;
const englishMonths = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** Hours east of UTC by zone name: those of RFC 822, and `cet` and `cest` for European feeds. */
const namedZones = new Map(
  Object.entries({ z: 0, ut: 0, utc: 0, gmt: 0, cet: 1, cest: 2, est: -5, edt: -4, cst: -6, cdt: -5, mst: -7, mdt: -6, pst: -8, pdt: -7 }),
);

function readRfc822(text: string): WrittenDate | undefined {
  const found = rfc822.exec(plain(text));
  if (found === null) return undefined;
  const month = englishMonths.indexOf(found[2] ?? "") + 1;
  const zone = found[7];
  const offset = zone === undefined ? 0 : /^[+-]/.test(zone) ? offsetOf(zone) : (namedZones.get(zone) ?? Number.NaN) * 60;
  if (month === 0 || Number.isNaN(offset)) return undefined;
  return {
    year: fullYear(found[3] ?? ""),
    month,
    day: Number(found[1]),
    hour: Number(found[4]),
    minute: Number(found[5]),
    second: Number(found[6] ?? 0),
    offset,
  };
}

/** Converts a year. Two digits mean a year from 1970 to 2069. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year >= 70 ? 1900 + year : 2000 + year;
}

type Part = "year" | "month" | "day" | "hour" | "minute" | "second";
interface Token {
  readonly part: Part;
  readonly pattern: string;
  readonly value: (written: string) => number;
}
const tokens: Readonly<Record<string, Token>> = {
  yyyy: { part: "year", pattern: "(\\d{4})", value: Number },
  yy: { part: "year", pattern: "(\\d{2})", value: fullYear },
  MMMM: { part: "month", pattern: "([\\p{L}]+)\\.?", value: (word) => monthOfWord.get(plain(word)) ?? 0 },
  MM: { part: "month", pattern: "(\\d{2})", value: Number },
  M: { part: "month", pattern: "(\\d{1,2})", value: Number },
  dd: { part: "day", pattern: "(\\d{2})", value: Number },
  d: { part: "day", pattern: "(\\d{1,2})", value: Number },
  HH: { part: "hour", pattern: "(\\d{2})", value: Number },
  mm: { part: "minute", pattern: "(\\d{2})", value: Number },
  ss: { part: "second", pattern: "(\\d{2})", value: Number },
};

function compileTokens(format: string): DateFormatReader {
  const read: Token[] = [];
  const pattern = format.replace(/yyyy|yy|MMMM|MM|M|dd|d|HH|mm|ss|\s+|[^\s]/g, (piece) => {
    const token = tokens[piece];
    if (token === undefined) return /^\s+$/.test(piece) ? "\\s+" : piece.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&");
    read.push(token);
    return token.pattern;
  });
  const expression = new RegExp(`^${pattern}$`, "u");
  const parts = new Set(read.map((token) => token.part));
  return {
    isCompact: true,
    hasDay: parts.has("day") && parts.has("month") && parts.has("year") && parts.size === read.length,
    hasHour: parts.has("hour") && parts.size === read.length,
    read(text) {
      const found = expression.exec(text);
      if (found === null) return undefined;
      const written: Partial<Record<Part, number>> = {};
      for (const [index, token] of read.entries()) written[token.part] = token.value(found[index + 1] ?? "");
      const { year, month, day, hour, minute, second } = written;
      return { year, month, day, hour, minute, second, offset: undefined };
    },
  };
}
