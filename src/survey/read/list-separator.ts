import { shareOf } from "../profile/field-values.ts";

/** Separators, the least ambiguous first. */
const separators = ["|||", "<|>", "|", ";", "\n", ","];
const maxLabelLength = 70;

/**
 * Returns the separator of labels in texts such as `Communes;Associations`, or null. Of several possible separators, the one in most texts
 * wins, so that a single ";" among commas does not count. Sentences contain commas too, so a comma counts only if its parts are known or
 * occur several times.
 */
export function listSeparator(texts: readonly string[], isKnown: (label: string) => boolean = () => false): string | null {
  const whole = texts.filter((text) => text.trim() !== "");
  let best: { readonly separator: string; readonly count: number } | null = null;
  for (const separator of separators) {
    const count = countSplit(separator, whole, isKnown);
    if (count > 0 && separator.length > 1) return separator;
    if (count > (best?.count ?? 0)) best = { separator, count };
  }
  return best?.separator ?? null;
}

/** Returns the number of texts that a separator splits into labels; 0 if it separates no labels. */
function countSplit(separator: string, whole: readonly string[], isKnown: (label: string) => boolean): number {
  const withIt = whole.filter((text) => partsOf(text, separator).length > 1);
  if (withIt.length === 0) return 0;
  const parts = withIt.flatMap((text) => partsOf(text, separator));
  if (shareOf(parts, (part) => part.length <= maxLabelLength) < 0.9) return 0;
  const isRare = separator === "," || separator === "\n";
  const isList =
    separator.length > 1 ||
    (!isRare && (withIt.length >= Math.min(2, whole.length) || parts.some(isKnown))) ||
    shareOf(parts, isKnown) >= 0.4 ||
    (isRare && areRepeated(parts, whole, separator));
  return isList ? withIt.length : 0;
}

/** Returns true if the parts occur twice on average. */
function areRepeated(parts: readonly string[], whole: readonly string[], separator: string): boolean {
  const all = whole.flatMap((text) => partsOf(text, separator));
  return parts.length >= 6 && shareOf(parts, (part) => part.length <= 40) >= 0.9 && new Set(all).size <= all.length / 2;
}

function partsOf(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
