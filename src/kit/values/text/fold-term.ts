/** Cache: a feed has few distinct terms, each compared many times. */
const cache = new Map<string, string>();
const maxCached = 20_000;
const maxCachedLength = 200;

/** Folds a text: lower case, no accents, single blanks, plain quotes and hyphens, "…" as three stops, "œ" as "oe". */
export function foldTerm(text: string): string {
  if (text.length > maxCachedLength) return fold(text);
  const known = cache.get(text);
  if (known !== undefined) return known;
  const folded = fold(text);
  if (cache.size >= maxCached) cache.clear();
  cache.set(ownText(text), folded);
  return folded;
}

/** Copies a text, because a slice would keep 64 KB of the feed in memory. */
export function ownText(text: string): string {
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
