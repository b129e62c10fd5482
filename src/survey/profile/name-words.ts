import { foldTerm } from "../../kit/values/text/fold-term.ts";

/** Small words, which do not count. */
const small = new Set(
  "de du des d la le les l a au aux en et ou un une pour par sur dans son sa ses the of for to in and or s avec si".split(" "),
);
/** Prefixes and suffixes that systems add to field names. */
const wrapping = new Set(
  (
    "aid aide dispositif field fields property properties attribute attributes metadata acf post rendered txt info filtre banner gui pro " +
    "eztag relation record item xml data text valeur value libelle label"
  ).split(" "),
);
/** Last keys of a path that have no meaning alone, such as `title` in `tags[].title`. */
const genericKeys = new Set("title titre name nom libelle label value valeur text texte rendered term".split(" "));

/**
 * Returns the words of a field's name for comparison: folded, singular, without small words, prefixes and suffixes. Splits camelCase and
 * snake_case. "publicsBeneficiaire[].title" gives `public beneficiaire`, "Date d’ouverture" gives `date ouverture`.
 */
export function nameWords(path: string): readonly string[] {
  const keys = path.split(/\[\]\.|\.(?=\S)/);
  const last = keys.at(-1) ?? "";
  const meant = keys.length > 1 && genericKeys.has(foldTerm(last)) ? keys.slice(0, -1).join(" ") : path;
  const words = wordsIn(meant);
  const unwrapped = words.filter((word) => !wrapping.has(word));
  return unwrapped.length > 0 ? unwrapped : words;
}

/** Returns true for a last key that has no meaning alone. */
export function isGenericKey(key: string): boolean {
  return genericKeys.has(foldTerm(key)) || ["id", "code", "href", "url", "link", "slug"].includes(foldTerm(key));
}

/** Returns the words of a text, folded and singular, without small words. */
export function wordsIn(text: string): string[] {
  const parted = text.replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2").replace(/(\p{L})(\d)/gu, "$1 $2");
  return foldTerm(parted)
    .split(/[^\p{L}\p{N}]+/u)
    .map(singular)
    .filter((word) => word !== "" && !small.has(word) && !/^\d+$/.test(word));
}

function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies") && word.length > 5) return `${word.slice(0, -3)}y`;
  return word.replace(/[sx]$/, "");
}
