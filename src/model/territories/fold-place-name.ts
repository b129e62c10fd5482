/** Folds a place name, and spells out St, Ste, & and ligatures: "Saint-Étienne-d'Œuvre" becomes "saint etienne d oeuvre". */
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

/** Removes a leading article from a folded name: "la reunion" becomes "reunion", and "l herault" becomes "herault". */
export function withoutArticle(folded: string): string {
  return folded.replace(/^(le|la|les|l) (?=.)/, "");
}
