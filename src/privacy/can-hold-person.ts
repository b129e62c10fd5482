import { isRoleWord, labels, requestVerbs, speechVerbs } from "./evidence-of-person.ts";
import { foldWord } from "./fold-name.ts";
import { firstNames, notNames, particles } from "./name-vocabulary.ts";

/** The signs of an e-mail address. */
const address = /@|＠|[([{]\s?(?:at|a)\s?[)\]}]|arobase| at /i;
const number = /(?<!\d)[+0][ \t\u00a0\u2009\u202f.\-‐‑–/()]{0,3}[1-9](?:[ \t\u00a0\u2009\u202f.\-‐‑–/()]{0,3}\d){5}/;
const civilities = [
  "M|MM|M[Rr]|Mrs|Ms|M[Mm][Ee]s?|M[Ll][Ll][Ee]s?|D[Rr]|P[Rr]|Me|Ma[iî]tre|Docteur|Professeur|MADAME|MONSIEUR",
  "[Mm]adame|[Mm]ademoiselle|[Mm]esdames|[Mm]onsieur|[Mm]essieurs",
].join("|");
const civility = new RegExp(`(?<![\\p{L}\\p{M}])(?:${civilities})(?![\\p{L}\\p{M}])`, "u");
/** Words before a person whose names may be unknown: "Contact : Ioana Dupont". */
const introduction = new RegExp(
  `(?:${labels.source}|${requestVerbs.source}|${speechVerbs.source})(?:[\\s:–—-]|&nbsp;|&#\\w+;|<[^>]*>){1,40}$`,
  "iu",
);
/** The word after a name that may be a profession. */
const nextWord = /^(?:[\s,(–—:/-]|&nbsp;|<[^>]*>){0,40}(\p{L}+)/u;
/** Encoded letters, combining marks, or a tag inside a word. */
const decoded = /&(?!amp;|lt;|gt;|nbsp;|quot;|#39;)|\\|%[\da-f]{2}|[\u00ad\u200b-\u200f\u2060\ufeff]|\p{M}/iu;
const tagInWord = /<(?<=\p{L}<)\/?(?:a|abbr|b|big|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)(?:\s[^>]*)?>(?=\p{L})/iu;
/** Capitalised words in the alphabets of first names. */
const capital = /[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff]*/g;
const fiveCapitals = /^[A-Z\u00c0-\u00de\u0100-\u024f]{5}/;
/** Separators between two parts of a name. Particles may occur too. */
const between = /<[^>]*>|&nbsp;|[^\p{L}]+/gu;
const maxBetween = 60;
const longWord = /[a-z]{6}/;
const markup = /[<&]/;
const joint = /^[-‐‑'’ʼ]$/;

/** Checks a text quickly, before `recognisePeople`. False: it certainly names nobody. True: it may name somebody. */
export function canHoldPerson(written: string): boolean {
  if (address.test(written) || number.test(written) || civility.test(written)) return true;
  if (decoded.test(written) || tagInWord.test(written)) return true;
  // Start and end of the previous word, and start and end of the current one: "L’ADEME" is one word.
  let [first, before, start, last]: [number | null, number | null, number | null, number | null] = [null, null, null, null];
  // Words of organisations are no names, and usual.
  let [isFirstName, isName] = [false, false];
  for (const { 0: word, index } of written.matchAll(capital)) {
    const end = index + word.length;
    if (word.length === 1 && written[end] === ".") return true;
    const folded = foldWord(word);
    if (firstNames.has(folded)) return true;
    if (last === null || !joint.test(written.slice(last, index))) [first, before, start, isFirstName] = [start, last, index, isName];
    isName = !notNames.has(folded);
    if (first !== null && before !== null && start !== null && areLinked(written, before, start)) {
      if (fiveCapitals.test(word) || (isFirstName && isName && isIntroduced(written, first, end))) return true;
    }
    last = end;
  }
  return false;
}

/** Returns true if a label, a verb or a profession beside two capitalised words shows that they may be a name. */
function isIntroduced(written: string, from: number, to: number): boolean {
  if (introduction.test(written.slice(Math.max(0, from - 110), from))) return true;
  const next = nextWord.exec(written.slice(to, to + 80))?.[1];
  return next !== undefined && isRoleWord(foldWord(next));
}

/** Returns true if only blanks, tags and particles are in between: "Karin BERNARD", "Karin de BERNARD". */
function areLinked(written: string, from: number, to: number): boolean {
  if (to - from > maxBetween) return false;
  if (to - from === 1) return true;
  const gap = written.slice(from, to);
  // Most gaps hold a word, which is quicker to see than to look up.
  if (longWord.test(gap) && !markup.test(gap)) return false;
  return gap
    .replace(between, " ")
    .split(" ")
    .every((word) => word === "" || particles.has(word.toLowerCase()));
}
