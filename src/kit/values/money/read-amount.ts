import { numbersIn, plainNumberText, rangesOf } from "./written-numbers.ts";

/** Result of reading a text as an amount. `foreign`: another currency. */
export type AmountReading = { readonly kind: "amount"; readonly euros: number } | { readonly kind: "unreadable" | "foreign" };

const foreignCurrency = /[$£¥₣]|\b(?:usd|us\$|gbp|chf|cad|xpf|xof|f ?cfa|f ?cfp|cfp|dollars?|livres? sterling|francs?)\b/;
const euroUnit = /^ ?(?:d'|d' )?(?:€|euros?\b|eur\b)/;
const multipliers: readonly (readonly [RegExp, number])[] = [
  [/^ ?(?:k|milliers?\b|mille\b)(?= ?(?:d'|d' )?(?:€|euros?\b|eur\b)|$|[ .,;)])/, 1e3],
  [/^ ?(?:md|mds|mrd)(?= ?(?:€|euros?\b|eur\b))/, 1e9],
  [/^ ?m(?= ?(?:€|euros?\b|eur\b))/, 1e6],
  [/^ ?millions?\b/, 1e6],
  [/^ ?milliards?\b/, 1e9],
];

interface Amount {
  readonly value: number;
  readonly isNegative: boolean;
  readonly start: number;
  /** End of the number and its unit. */
  readonly after: number;
  readonly isEuro: boolean;
  readonly isPercent: boolean;
}

/**
 * Reads an amount in euros: "1 500,00 €", "2.200.000 €", "6 millions d'euros", "15 k€", "Min. 3.000 € par projet". Of a range, returns the
 * highest. Unreadable are wrong grouping ("150 00 €"), negative amounts, several amounts that are not a range, and texts without a number.
 */
export function readAmount(text: string): AmountReading {
  const plain = plainNumberText(text);
  if (foreignCurrency.test(plain)) return { kind: "foreign" };
  const found = amountsIn(plain).filter((amount) => !amount.isPercent);
  const marked = found.some((amount) => amount.isEuro);
  const ranges = rangesOf(found, plain).filter((range) => !marked || range.some((amount) => amount.isEuro));
  const [range, another] = ranges;
  if (range === undefined || another !== undefined) return { kind: "unreadable" };
  if (range.some((amount) => Number.isNaN(amount.value) || amount.isNegative)) return { kind: "unreadable" };
  return { kind: "amount", euros: Math.max(...range.map((amount) => amount.value)) };
}

function amountsIn(text: string): Amount[] {
  return numbersIn(text).map((number) => {
    let rest = text.slice(number.end);
    let { value } = number;
    for (const [pattern, factor] of multipliers) {
      const multiplier = pattern.exec(rest);
      if (multiplier === null) continue;
      value = scaled(text.slice(number.start, number.end), value, factor);
      rest = rest.slice(multiplier[0].length);
      break;
    }
    const unit = euroUnit.exec(rest);
    const after = text.length - rest.length + (unit?.[0].length ?? 0);
    const isEuroBefore =
      /(?:€|\beur|\beuros) ?$/.test(text.slice(0, number.start)) && !/\d ?(?:€|eur|euros) ?$/.test(text.slice(0, number.start));
    const { start, isNegative } = number;
    return { value, isNegative, start, after, isEuro: unit !== null || isEuroBefore, isPercent: /^ ?(?:%|pour ?cent)/.test(rest) };
  });
}

/** Multiplies a number and rounds it to the cent. "1,500 M€" is one and a half million: before a factor, a comma starts decimals. */
function scaled(written: string, value: number, factor: number): number {
  const [alone] = /^\d+,\d{3}$/.test(written) ? numbersIn(written, true) : [];
  return Math.round((alone?.value ?? value) * factor * 100) / 100;
}
