/**
 * Returns a place name for comparison: without case, accents, apostrophes, hyphens and double blanks; ligatures and the abbreviations St,
 * Ste and & spelled out. "Saint-Étienne-d'Œuvre" equals "st etienne d oeuvre".
 */
export function foldPlaceName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("&", " et ")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .replace(/\bst\b/g, "saint")
    .replace(/\bste\b/g, "sainte");
}

/** Removes a leading article from a folded name: "la reunion" is "reunion", "l herault" is "herault". */
export function withoutArticle(folded: string): string {
  return folded.replace(/^(le|la|les|l) (?=.)/, "");
}
