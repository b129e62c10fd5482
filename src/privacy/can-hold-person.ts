import { emailSign } from "../kit/values/text/find-emails.ts";
import { phoneSign } from "../kit/values/text/find-phones.ts";
import { onlyCapital } from "./before-name.ts";
import { isActing, isLabelled, isRole, isRoleWord, isSpeaker } from "./evidence-of-person.ts";
import { canHoldProfile } from "./find-profiles.ts";
import { foldWord } from "./fold-name.ts";
import { civilities, notNames, particles, ranks } from "./name-vocabulary.ts";
import type { ReadableView } from "./readable-view.ts";
import { isGivenName } from "./take-name.ts";

/** Civilities and ranks in small letters, before a capital. */
const smallTitle = new RegExp(
  `\\b(?:${[...civilities, ...ranks]
    .filter((word) => !onlyCapital.has(word))
    .map((word) => word.replaceAll("oe", "(?:oe|œ)").replace(/e(?!\|)/g, "[eéè]"))
    .join("|")})[.\\s]{1,60}(?:[dlDL]['’ʼ])?[A-Z\\u00c0-\\u1fff]`,
);
const fieldOfName = /pr[ée]nom\s*:/i;
const inAttribute = /^tel:/i;
/** Capitalised words. A superset of the capitals of names, because ranges are faster than `\p{Lu}`. */
const capital = /[A-Z\u00c0-\u00de\u0100-\u1fff][A-Za-z\u00c0-\u1fff]*/g;
const capitals = /^[A-Z\u00c0-\u00de'’ʼ‐‑-]{2,}$/;
/** Maximum number of characters between two parts of a name. */
const maxBetween = 60;
const joint = /^[-‐‑'’ʼ]$/;
const elided = /(?<!\p{L})[dDlL]['’ʼ]$/u;
const wordAfter = /^([\s,(–—:/-]{0,12})(\p{L}+(?:-\p{L}+)*)/u;
const officeBefore = /(\p{L}+),?\s{1,3}$/u;

/** Checks a text quickly, by the signs that the rules of `recogniseIn` need. False: they find nobody in it. */
export function canHoldPerson({ text, attributes }: ReadableView): boolean {
  if (emailSign.test(text) || phoneSign.test(text) || canHoldProfile(text) || smallTitle.test(text) || fieldOfName.test(text)) return true;
  if (attributes.some((one) => inAttribute.test(one.text) || emailSign.test(one.text) || canHoldProfile(one.text))) return true;
  return canHoldName(text);
}

interface Word {
  readonly start: number;
  end: number;
}

function canHoldName(text: string): boolean {
  let [before, word]: [Word | null, Word | null] = [null, null];
  for (const { 0: found, index } of text.matchAll(capital)) {
    const end = index + found.length;
    if (found.length === 1 && text[end] === ".") return true;
    const folded = foldWord(found);
    if (isGivenName(folded) || civilities.has(folded) || (ranks.has(folded) && /^\s+\p{Lu}/u.test(text.slice(end, end + 60)))) return true;
    // "L’ADEME" and "Saint-Martin" are one word each.
    if (word !== null && joint.test(text.slice(word.end, index))) word.end = end;
    else [before, word] = [word, { start: index, end }];
    if (before !== null && areLinked(text, before.end, word.start) && canBePair(text, before, word)) return true;
  }
  return false;
}

/** Returns true if capitals, a label, a verb or a profession beside two capitalised words show that they may be a name. */
function canBePair(text: string, first: Word, last: Word): boolean {
  const [given, surname] = [text.slice(first.start, first.end), text.slice(last.start, last.end)];
  const areCapitals = capitals.test(surname);
  if (areCapitals && surname.length > 4) return true;
  if (notNames.has(foldWord(given)) || notNames.has(foldWord(surname))) return false;
  const start = first.start - (elided.test(text.slice(Math.max(0, first.start - 3), first.start)) ? 2 : 0);
  if (isLabelled(text, start) || isSpeaker(text, start) || isActing(text, last.end)) return true;
  if (areCapitals && isRoleWord(foldWord(officeBefore.exec(text.slice(Math.max(0, start - 30), start))?.[1] ?? ""))) return true;
  const [, gap = "", next = ""] = wordAfter.exec(text.slice(last.end, last.end + 40)) ?? [];
  return next !== "" && isRole({ gap, folded: foldWord(next) });
}

/** Returns true if only blanks and particles are in between: "Karin BERNARD", "Karin de BERNARD". */
function areLinked(text: string, from: number, to: number): boolean {
  if (to - from > maxBetween) return false;
  if (to - from === 1) return true;
  return text
    .slice(from, to)
    .split(/[^\p{L}]+/u)
    .every((word) => word === "" || particles.has(word));
}
