export interface FoundPhone {
  readonly start: number;
  readonly end: number;
  /** E.164, `+33475792626`. */
  readonly normalised: string;
}

const separator = "[ \\t\\u00a0\\u2000-\\u200a\\u202f._·•\\-‐‑–/()]{0,3}";
/** Possible beginnings of a number, for a fast search. */
const beginning = /\+|\(?0|(?<![\d.,])[67](?=[ .\u00a0\u202f-]\d\d)/g;
/** The sign of a number: a beginning, and more digits than dates and amounts have. */
export const phoneSign = new RegExp(`(?<!\\d)(?:\\+|0|[67])(?:${separator}\\d){7}`);
/** A mobile number without its 0. */
const short = /([67])([ .\u00a0\u202f-])\d\d(?:\2\d\d){3}(?!\d|[.,]\d)/y;
const french = new RegExp(
  `(?:(?:\\+|00)${separator}33${separator}(?:\\(?0\\)?${separator})?|\\(?0\\)?${separator})([1-9](?:${separator}\\d){8})(?!\\d)`,
  "y",
);
const foreign = new RegExp(`(?:\\+|00)${separator}([1-9](?:${separator}\\d){7,14})(?!\\d)`, "y");

/** Country codes of overseas territories, by the first digits after the 0. */
const overseas: Readonly<Record<string, string>> = {
  "262": "262",
  "263": "262",
  "269": "262",
  "639": "262",
  "692": "262",
  "693": "262",
  "590": "590",
  "690": "590",
  "691": "590",
  "594": "594",
  "694": "594",
  "596": "596",
  "696": "596",
  "697": "596",
};

/** Finds phone numbers: French ones (`04 75…`, `+33 (0)4…`, `0262…`) in any grouping, others with `+` or `00`. */
export function findPhones(text: string): FoundPhone[] {
  const found: FoundPhone[] = [];
  let free = 0;
  for (const { index } of text.matchAll(beginning)) {
    if (index < free || isDigit(text[index - 1]) || /[\p{L}+]/u.test(text[index - 1] ?? "")) continue;
    const phone = phoneAt(text, index);
    if (phone === null) continue;
    found.push(phone);
    free = phone.end;
  }
  return found;
}

/** Returns the E.164 form of a text that is only a phone number, else null. */
export function normalisedPhone(text: string): string | null {
  const trimmed = text.trim();
  const [phone] = findPhones(trimmed);
  return phone !== undefined && phone.start === 0 && phone.end === trimmed.length ? phone.normalised : null;
}

function phoneAt(text: string, start: number): FoundPhone | null {
  short.lastIndex = start;
  const withoutZero = short.exec(text);
  if (withoutZero !== null) return { start, end: short.lastIndex, normalised: `+33${withoutZero[0].replace(/\D/g, "")}` };
  french.lastIndex = start;
  const ofFrance = french.exec(text);
  if (ofFrance?.[1] !== undefined) {
    const national = ofFrance[1].replace(/\D/g, "");
    // The bracket of "(04 75 00 00 00)" is not part of the number.
    const isOutside = ofFrance[0].startsWith("(") && !ofFrance[0].includes(")");
    return {
      start: isOutside ? start + 1 : start,
      end: start + ofFrance[0].length,
      normalised: ofNational(national),
    };
  }
  foreign.lastIndex = start;
  const other = foreign.exec(text);
  // "(0033) 6 00 00 00 00": the bracket holds only the prefix.
  if (other?.[1] === undefined) return text[start] === "(" ? phoneAt(text, start + 1) : null;
  return { start, end: start + other[0].length, normalised: `+${other[1].replace(/\(0\)|\D/g, "")}` };
}

function ofNational(digits: string): string {
  if (digits.startsWith("508")) return `+508${digits.slice(3)}`;
  return `+${overseas[digits.slice(0, 3)] ?? "33"}${digits}`;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && /\d/.test(character);
}
