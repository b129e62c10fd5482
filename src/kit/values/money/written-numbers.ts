/** A number inside a text. */
export interface WrittenNumber {
  /** NaN if the groups of digits are wrong, as in "150 00". */
  readonly value: number;
  readonly isNegative: boolean;
  readonly start: number;
  readonly end: number;
}

/** Maximum length of a text that is searched for numbers, in characters. */
const maxTextLength = 2_000;
const run = /\d+(?:[ .,']\d+)*/g;

/** Returns a text in lower case, without accents, with one kind of blank, apostrophe and minus sign. */
export function plainNumberText(text: string): string {
  return text
    .slice(0, maxTextLength)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/\s/g, " ")
    .replace(/[’‘ʼ]/g, "'")
    .replace(/[−–—‐‑]/g, "-")
    .toLowerCase();
}

/**
 * Finds the numbers in a text of `plainNumberText`: "1 500,00", "2.200.000", "1,500.00", "45.5". Groups have three digits. A single
 * separator before exactly three digits ("3.000", "1,500") separates thousands, or decimals with `isDecimal`.
 */
export function numbersIn(text: string, isDecimal = false): WrittenNumber[] {
  const found: WrittenNumber[] = [];
  for (const match of text.matchAll(run)) {
    const before = text.slice(0, match.index);
    const isNegative = /(?:^|[ (:])-$/.test(before) && !/\d ?-$/.test(before);
    found.push({ value: numberOf(match[0], isDecimal), isNegative, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

function numberOf(digits: string, isDecimal: boolean): number {
  const separators = digits.replace(/\d/g, "");
  if (separators === "") return Number(digits);
  const groups = digits.split(/[ .,']/);
  const last = groups.at(-1) ?? "";
  const lastSeparator = separators.at(-1) ?? "";
  const others = separators.slice(0, -1);
  const first = groups[0] ?? "";
  const canEndInDecimals = (lastSeparator === "," || lastSeparator === ".") && !others.includes(lastSeparator);
  const mustGroup = separators.length === 1 && last.length === 3 && first.length <= 3 && first !== "0" && !isDecimal;
  const hasDecimals = canEndInDecimals && !mustGroup && (last.length !== 3 || separators.length === 1);
  const whole = hasDecimals ? groups.slice(0, -1) : groups;
  const between = hasDecimals ? others : separators;
  if (whole.length > 1) {
    const isGrouped = new Set(between).size === 1 && first.length <= 3 && whole.slice(1).every((group) => group.length === 3);
    if (!isGrouped) return Number.NaN;
  }
  return Number(hasDecimals ? `${whole.join("")}.${last}` : whole.join(""));
}

/** Matches the words between two numbers that make them a range: "10 à 20", "entre 5 et 8". */
const rangeWords = /^ *(?:a|et|jusqu'a|-|\/|\.\.\.?) *$/;

/** Groups numbers into ranges: "de 1 500 à 3 000 €" is one; "3 000 € par projet, 10 000 € par an" are two. `after`: end of the unit. */
export function rangesOf<N extends { readonly start: number; readonly after: number }>(numbers: readonly N[], text: string): N[][] {
  const ranges: N[][] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    const previous = range?.at(-1);
    if (range !== undefined && previous !== undefined && rangeWords.test(text.slice(previous.after, number.start))) range.push(number);
    else ranges.push([number]);
  }
  return ranges;
}
