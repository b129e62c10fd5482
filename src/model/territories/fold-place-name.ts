/**
 * A name of a place as it is compared: without case, accents, apostrophes, hyphens and doubled blanks; ligatures and the
 * abbreviations St, Ste and & written out. "Saint-Étienne-d'Œuvre" and "st etienne d oeuvre" are one.
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

/** A folded name without its article at the front: "la reunion" is "reunion", "l herault" is "herault". */
export function withoutArticle(folded: string): string {
  return folded.replace(/^(le|la|les|l) (?=.)/, "");
}
