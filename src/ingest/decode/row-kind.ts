import type { RowKind } from "../../kit/definition.ts";

/** What a row looks like, without its merged cells. */
interface RowTexts {
  /** Texts of the filled cells, in order. */
  readonly filled: readonly string[];
  /** True if the first column is blank. */
  readonly startsBlank: boolean;
  /** Number of columns of the table. */
  readonly columns: number;
}

/** In narrower tables, a record may have a single filled cell. */
const minColumnsAroundBanner = 3;
const maxLabelLength = 80;
const maxNumberLength = 40;

/** Labels of sums, alone or with the name of a group: "Total", "Sous-total Eau", "TOTAL GÉNÉRAL :". */
const sum = /^(?:sous[\s-]*|sub-?|grand\s+)?(?:total|totaux|totale|totals|somme|summe|gesamt(?:summe|betrag)?)(?=$|[\s:.])/i;
const bareSum = /^(?:sous[\s-]*|sub-?|grand\s+)?(?:total|totaux|totale|totals)(?:\s+g[ée]n[ée]ral)?\s*:?$/i;
const number = /^[-+(]?\d[\d\s.,'\u00a0\u202f]*\)?\s*(?:[km]?€|[km]?eur|euros?|%)?$/i;

/**
 * Returns the kind of a row that is not a record, or null. `totals`: a label such as "Total" with numbers only, or several numbers without a label.
 * `banners`: a single cell with a text.
 */
export function rowKindOf({ filled, startsBlank, columns }: RowTexts): RowKind | null {
  const [label = "", ...others] = filled.map((text) => text.trim());
  if (label === "") return null;
  const areNumbers = others.every(isNumber);
  if (areNumbers && label.length <= maxLabelLength && (others.length > 0 ? sum : bareSum).test(label)) return "totals";
  if (startsBlank && areNumbers && others.length > 0 && isNumber(label)) return "totals";
  return filled.length === 1 && columns >= minColumnsAroundBanner && /\p{L}/u.test(label) ? "banners" : null;
}

function isNumber(text: string): boolean {
  return text.length <= maxNumberLength && number.test(text);
}

/** Codes of the issues about rows that are left out. */
export const leftOutCodes = { totals: "total-row", banners: "banner-row" } as const satisfies Record<RowKind, string>;
