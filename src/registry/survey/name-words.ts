import { foldTerm } from "../../kit/values/text/fold-term.ts";

/** Words that say nothing about a field's content. */
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
/** Last keys of a path without meaning of their own: `title` of `tags[].title`. */
const sayingNothing = new Set("title titre name nom libelle label value valeur text texte rendered term".split(" "));

/**
 * Returns the words of a field's name for comparison: without case, accents, plural, small words, prefixes and suffixes; camelCase and
 * snake_case are split. "publicsBeneficiaire[].title" is `public beneficiaire`, "Date d’ouverture" is `date ouverture`.
 */
export function nameWords(path: string): readonly string[] {
  const keys = path.split(/\[\]\.|\.(?=\S)/);
  const last = keys.at(-1) ?? "";
  const meant = keys.length > 1 && sayingNothing.has(foldTerm(last)) ? keys.slice(0, -1).join(" ") : path;
  const words = wordsIn(meant);
  const telling = words.filter((word) => !wrapping.has(word));
  return telling.length > 0 ? telling : words;
}

/** Returns true for a last key without meaning of its own: `title` of `tags[].title`. */
export function saysNothing(key: string): boolean {
  return sayingNothing.has(foldTerm(key)) || ["id", "code", "href", "url", "link", "slug"].includes(foldTerm(key));
}

/** Returns the words of a text, folded and singular, without small ones. */
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
