import { numbersIn, plainNumberText, rangesOf } from "./written-numbers.ts";

/** Result of reading a text as a subsidy rate, in percent. A single rate is the upper bound. */
export type RateReading =
  | { readonly kind: "rate"; readonly lower: number | null; readonly upper: number | null }
  | { readonly kind: "unreadable" };

const minimumWord = /\b(?:min|mini|minimum|minimal|minimale|au moins|a partir de|plancher)\b/;
const maximumWord = /\b(?:max|maxi|maximum|maximal|maximale|jusqu'a|au plus|plafonne?e?|plafond|dans la limite)\b/;

interface Percent {
  readonly value: number;
  readonly isNegative: boolean;
  readonly start: number;
  readonly after: number;
  readonly isMarked: boolean;
}

/**
 * Reads a rate: "10 à 20 %", "entre 50% et 95%", "50 % maximum", "minimum 20 %", "taux : 30". Several rates that are not a range are
 * unreadable. So is a number above 0 and up to 1 without a percent sign, because 0,5 may mean half a percent or one half.
 */
export function readRateText(text: string): RateReading {
  const plain = plainNumberText(text);
  const numbers = percentsIn(plain);
  const isMarked = numbers.some((number) => number.isMarked);
  const ranges = rangesOf(numbers, plain).filter((range) => !isMarked || range.some((number) => number.isMarked));
  if (numbers.some((number) => Number.isNaN(number.value)) && !isMarked) return { kind: "unreadable" };

  const [first, second, third] = ranges;
  if (first === undefined || third !== undefined) return { kind: "unreadable" };
  if (second !== undefined) return twoBounds(first, second, plain);
  const values = first.map((number) => (number.isNegative ? -number.value : number.value));
  if (values.some(Number.isNaN)) return { kind: "unreadable" };
  if (values.length > 1) return { kind: "rate", lower: Math.min(...values), upper: Math.max(...values) };
  const value = values[0] ?? Number.NaN;
  if (!isMarked && value > 0 && value <= 1) return { kind: "unreadable" };
  const isMinimum = minimumWord.test(plain) && !maximumWord.test(plain);
  return isMinimum ? { kind: "rate", lower: value, upper: null } : { kind: "rate", lower: null, upper: value };
}

/** Reads two rates that words mark as minimum and maximum: "min 20 %, max 50 %". */
function twoBounds(first: readonly Percent[], second: readonly Percent[], text: string): RateReading {
  const [low] = first;
  const [high] = second;
  if (low === undefined || high === undefined || first.length > 1 || second.length > 1) return { kind: "unreadable" };
  const saysMinimum = minimumWord.test(text.slice(0, low.start));
  const saysMaximum = maximumWord.test(text.slice(low.after, high.start));
  return saysMinimum && saysMaximum ? { kind: "rate", lower: low.value, upper: high.value } : { kind: "unreadable" };
}

function percentsIn(text: string): Percent[] {
  return numbersIn(text, true).flatMap((number) => {
    const rest = text.slice(number.end);
    if (/^ ?(?:€|k€|m€|euros?\b|eur\b)/.test(rest)) return [];
    const unit = /^ ?(?:%|pour ?cent\b)/.exec(rest);
    const { value, isNegative, start, end } = number;
    return [{ value, isNegative, start, after: end + (unit?.[0].length ?? 0), isMarked: unit !== null }];
  });
}

/**
 * Reads the manual template's "min,max". Spreadsheets turn it into a decimal number, so "10,22", "10.22" and 10.22 all mean 10 and 22. They
 * also drop a final zero, so "10,2" means 10 and 20. If the maximum is then below the minimum, the pair is unreadable. A blank after the
 * comma ("5, 8") shows that no spreadsheet changed the text. Anything else is read as an ordinary rate.
 */
export function readTemplatePair(text: string): RateReading {
  const bare = text.replace(/[%\u00a0\u202f]/g, (found) => (found === "%" ? "" : " ")).trim();
  const pair = /^(\d{1,3})( ?[,.;] ?)(\d{1,3})$/.exec(bare);
  if (pair === null) return /^\d{1,3}$/.test(bare) ? { kind: "rate", lower: null, upper: Number(bare) } : readRateText(text);
  const lower = Number(pair[1]);
  const digits = pair[3] ?? "";
  const isUntouched = pair[2] !== "," && pair[2] !== ".";
  const upper = digits.length === 1 && !isUntouched ? Number(digits) * 10 : Number(digits);
  return upper < lower ? { kind: "unreadable" } : { kind: "rate", lower, upper };
}
