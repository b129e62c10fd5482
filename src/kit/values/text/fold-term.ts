/** Cache: a feed has few distinct terms, each compared many times. */
const kept = new Map<string, string>();
const maxKept = 20_000;
const maxKeptLength = 200;

/**
 * Folds a text for comparison: no case or accents, blanks folded and trimmed, straight apostrophes, plain hyphens, "…" as three full
 * stops, "œ" as "oe" and "æ" as "ae" (publishers write both; Unicode does not decompose them). Two terms are equal if their folded forms
 * are.
 */
export function foldTerm(text: string): string {
  if (text.length > maxKeptLength) return fold(text);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const folded = fold(text);
  if (kept.size >= maxKept) kept.clear();
  kept.set(ownCopy(text), folded);
  return folded;
}

/** Copies a text: a slice would keep 64 KB of its feed in memory. */
function ownCopy(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}

function fold(text: string): string {
  const lower = text.toLowerCase();
  const plain = /[^\x20-\x7e]/.test(lower) ? withoutAccents(lower) : lower;
  return plain.replace(/\s+/g, " ").trim();
}

function withoutAccents(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\p{M}\u00ad\u200b-\u200f\u2060\ufeff]/gu, "")
    .replace(/[‘’ʼ´′‛`]/g, "'")
    .replace(/[‐‑]/g, "-")
    .replace(/…/g, "...")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae");
}
