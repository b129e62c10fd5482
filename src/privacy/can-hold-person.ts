import { firstNames } from "./first-names.ts";
import { foldWord } from "./fold-name.ts";
import { particles } from "./name-vocabulary.ts";

/** What an address or a number cannot go without. */
const address = /@|[([{](?:at|a)[)\]}]|arobase/i;
const number = /(?<!\d)[+0][ \t\u00a0\u2009\u202f.\-‐‑–/()]{0,3}[1-9](?:[ \t\u00a0\u2009\u202f.\-‐‑–/()]{0,3}\d){5}/;
const civilities = [
  "M|MM|M[Rr]|Mrs|Ms|M[Mm][Ee]s?|M[Ll][Ll][Ee]s?|D[Rr]|P[Rr]|Me|Ma[iî]tre|Docteur|Professeur|MADAME|MONSIEUR",
  "[Mm]adame|[Mm]ademoiselle|[Mm]esdames|[Mm]onsieur|[Mm]essieurs",
].join("|");
const civility = new RegExp(`(?<![\\p{L}\\p{M}])(?:${civilities})(?![\\p{L}\\p{M}])`, "u");
/** Letters that are read by decoding, with marks of their own, or with a tag in the middle of a word. */
const decoded = /&(?!amp;|lt;|gt;|nbsp;|quot;|#39;)|\\|%[\da-f]{2}|[\u00ad\u200b-\u200f\u2060\ufeff]|\p{M}/iu;
const tagInWord = /<(?<=\p{L}<)\/?(?:a|abbr|b|big|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)(?:\s[^>]*)?>(?=\p{L})/iu;
/** Words with a capital, in the alphabets of first names. */
const capital = /[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff]*/g;
const fiveCapitals = /^[A-Z\u00c0-\u00de\u0100-\u024f]{5}/;
/** What may stand between two parts of a name, particles beside. */
const between = /<[^>]*>|&nbsp;|[^\p{L}]+/gu;
const longestBetween = 60;
const joint = /^[-‐‑'’ʼ]$/;

/**
 * False where `recognisePeople` is sure to find nobody in a text or HTML: a first look, for those who look at hundreds of thousands of
 * texts. True says nothing.
 */
export function canHoldPerson(written: string): boolean {
  if (address.test(written) || number.test(written) || civility.test(written)) return true;
  if (decoded.test(written) || tagInWord.test(written)) return true;
  // Where the word before ended, and where the word that is looked at began: "L’ADEME" is one.
  let [before, start, last]: [number | null, number | null, number | null] = [null, null, null];
  for (const { 0: word, index } of written.matchAll(capital)) {
    const end = index + word.length;
    if (word.length === 1 && written[end] === ".") return true;
    if (firstNames.has(foldWord(word))) return true;
    if (last === null || !joint.test(written.slice(last, index))) [before, start] = [last, index];
    if (before !== null && start !== null && fiveCapitals.test(word) && areLinked(written, before, start)) return true;
    last = end;
  }
  return false;
}

/** "Karin BERNARD", "Karin de BERNARD": nothing but blanks, tags and particles between. */
function areLinked(written: string, from: number, to: number): boolean {
  if (to - from > longestBetween) return false;
  return written
    .slice(from, to)
    .replace(between, " ")
    .split(" ")
    .every((word) => word === "" || particles.has(word.toLowerCase()));
}
