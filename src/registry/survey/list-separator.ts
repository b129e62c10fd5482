import { shareOf } from "./field-values.ts";

/** Separators, the least ambiguous first. */
const separators = ["|||", "<|>", "|", ";", "\n", ","];
/** Maximum length of a label, in characters. */
const maxLabelLength = 70;

/**
 * Returns the separator of labels in texts such as `Communes;Associations`, or null. Sentences contain commas too, so a comma counts only
 * if its parts are known or occur several times.
 */
export function listSeparator(texts: readonly string[], isKnown: (label: string) => boolean = () => false): string | null {
  const whole = texts.filter((text) => text.trim() !== "");
  if (whole.length === 0) return null;
  for (const separator of separators) {
    const withIt = whole.filter((text) => partsOf(text, separator).length > 1);
    if (withIt.length === 0) continue;
    const parts = withIt.flatMap((text) => partsOf(text, separator));
    if (shareOf(parts, (part) => part.length <= maxLabelLength) < 0.9) continue;
    const isRare = separator === "," || separator === "\n";
    if (separator.length > 1 || (!isRare && withIt.length >= Math.min(2, whole.length))) return separator;
    if (!isRare && parts.some(isKnown)) return separator;
    if (shareOf(parts, isKnown) >= 0.4 || (isRare && areRepeated(parts, whole, separator))) return separator;
  }
  return null;
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
