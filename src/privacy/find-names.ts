import type { FoundEmail } from "../kit/values/text/find-emails.ts";
import { followsCivility, followsOffice, isInList, isNamesake, refersToPerson } from "./before-name.ts";
import {
  hasOwnAddress,
  hasOwnMobile,
  isActing,
  isLabelled,
  isOwnCell,
  isOwnLine,
  isRole,
  isSpeaker,
  isSpelled,
} from "./evidence-of-person.ts";
import { foldName, nameWords } from "./fold-name.ts";
import { goesOn, type NameToken, nameTokens } from "./name-tokens.ts";
import { famousNames, mailboxWords, particles, surnameNouns } from "./name-vocabulary.ts";
import type { Stretch } from "./readable-view.ts";
import { canBeName, isFirstName, surnamesOfOffice, takeName } from "./take-name.ts";

export interface FoundName {
  readonly start: number;
  readonly end: number;
  /** Folded and sorted words. */
  readonly normalised: string;
  /** Folded words of the name, without first names and particles. */
  readonly surnames: readonly string[];
  /** False if only a first name shows that it is one: "le parrain Claire Dupont", but perhaps also a place. */
  readonly isSure: boolean;
}

/** A text with its words and e-mail addresses. */
interface Reading {
  readonly text: string;
  readonly tokens: readonly NameToken[];
  readonly emails: readonly FoundEmail[];
}

/** Maximum number of characters between two names of a list: a comma or a word such as "et", with blanks. */
const maxBetween = 8;

/**
 * Finds names of people. After a civility, any name counts. Otherwise a first name and a surname, in either order, need more evidence: a
 * label, a profession, a line of their own, a number or an address. Without evidence, a first name and a surname are in doubt (`isSure`).
 * Ignores people's names in streets, schools and prizes. `emails`: the addresses of the text.
 */
export function findNames(text: string, emails: readonly FoundEmail[]): FoundName[] {
  const reading: Reading = { text, tokens: nameTokens(text), emails };
  const { tokens } = reading;
  const found: FoundName[] = [];
  const doubtful: FoundName[] = [];
  /** Two capitalised words, which are names only beside another name. */
  const unlikely: FoundName[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    // Most words cannot begin a name, so skip the checks.
    if (token === undefined || (token.style === "small" && !particles.has(token.folded))) continue;
    const taken = nameFrom(reading, at);
    if (taken === null) continue;
    const name = nameOf(tokens.slice(at, taken.last + 1)).map((one) => ({ ...one, isSure: taken.isCertain === true }));
    const isNext = found.at(-1) !== undefined && areJoined(found.at(-1), name[0], text);
    const isFound = taken.isCertain === true || isNext;
    if (taken.isCertain !== null || isNext) (isFound ? found : doubtful).push(...nameOf(givenBefore(tokens, at, found.at(-1)?.end ?? 0)));
    if (taken.isCertain !== null || isNext) at = taken.last;
    if (isFound) found.push(...name);
    else (taken.isCertain === null ? unlikely : doubtful).push(...name);
  }
  // "Claire Dupont et Anne Martin, conseillères": the evidence for the second name also counts for the first.
  const sure = found.map((name) => ({ ...name, isSure: true }));
  for (const name of doubtful.reverse()) sure.push({ ...name, isSure: sure.some((other) => areJoined(name, other, text)) });
  for (const name of unlikely)
    if (sure.some((other) => areCoordinated(name, other, text) || areCoordinated(other, name, text))) sure.push(name);
  for (let at = 0; at + 1 < tokens.length; at++) sure.push(...greeters(tokens, at, sure));
  const spelled = [...spelledNames(tokens, emails, [...sure, ...emails]), ...fieldsOfNames(text, tokens, sure)].flatMap(nameOf);
  return [...sure, ...spelled].sort((a, b) => a.start - b.start);
}

/** Returns the first name before another name: "Paul et Marie Durand". */
function givenBefore(tokens: readonly NameToken[], at: number, free: number): readonly NameToken[] {
  const [given, joint, token] = [tokens[at - 2], tokens[at - 1], tokens[at]];
  const isGiven =
    given !== undefined &&
    joint?.folded === "et" &&
    goesOn(joint, given) &&
    goesOn(token, joint) &&
    (isFirstName(given) ||
      (given.style === "capital" && canBeName(given) && /(?:^|[\n:,;])\s*$/.test(given.gap) && token !== undefined && isFirstName(token)));
  return isGiven && given.start >= free && !goesOn(given, tokens[at - 3]) ? [given] : [];
}

/** Returns first names before "vous": "Claire et Paul vous répondent". */
function greeters(tokens: readonly NameToken[], at: number, taken: readonly Stretch[]): FoundName[] {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined || next?.folded !== "vous" || !goesOn(next, token) || !isFirstName(token) || isNamesake(tokens, at)) return [];
  if (taken.some((one) => token.start < one.end && token.end > one.start)) return [];
  return [...nameOf(givenBefore(tokens, at, 0)), ...nameOf([token])];
}

function areJoined(first: Stretch | undefined, second: Stretch | undefined, text: string): boolean {
  if (first === undefined || second === undefined || second.start <= first.end || second.start - first.end > maxBetween) return false;
  return /^\s*(?:,|;|\/|&|et|ou)\s*$/.test(text.slice(first.end, second.start));
}

/** Returns true for two names joined by "et" or a stroke. A comma also joins a name and a service. */
function areCoordinated(first: Stretch, second: Stretch, text: string): boolean {
  return (
    areJoined(first, second, text) &&
    !text.slice(first.end, second.start).includes(",") &&
    !text.slice(first.end, second.start).includes(";")
  );
}

function nameOf(tokens: readonly NameToken[]): FoundName[] {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all = wordsOf(tokens);
  const surnames = tokens
    .filter((token) => !isFirstName(token) && !particles.has(token.folded))
    .map(({ folded }) => folded.replace(/^[dl]'/, ""));
  return [{ start: first.start, end: last.end, normalised: foldName(all), surnames: surnames.length > 0 ? surnames : all, isSure: true }];
}

function wordsOf(tokens: readonly NameToken[]): string[] {
  return tokens.flatMap(({ text }) => nameWords(text)).map(({ folded }) => folded);
}

/** `isCertain`: true for a name, false for a doubtful one, null for two capitalised words. */
function nameFrom(reading: Reading, at: number): { readonly last: number; readonly isCertain: boolean | null } | null {
  const { tokens } = reading;
  if ((isNamesake(tokens, at) && !refersToPerson(tokens, at)) || followsCivility(tokens, at + 1)) return null;
  const isAddressed = followsCivility(tokens, at) || isInList(tokens, at);
  const last = takePair(tokens, at);
  if (last === null) return null;
  const all = tokens.slice(at, last + 1);
  if (isAddressed || (followsOffice(tokens, at) && isFullName(all)))
    return all.some(({ text, style }) => style !== "small" && text.length > 1) ? { last, isCertain: true } : null;
  const isCertain = isPerson(all, tokens[last + 1], reading);
  const areCapital =
    all.length > 1 &&
    all[0]?.style !== "small" &&
    all.every(({ folded, style }) => style === "capital" || style === "capitals" || particles.has(folded));
  return isCertain === null && !areCapital ? null : { last, isCertain };
}

/** Does the same as `takeName`, but also takes a capitalised word after one unknown capitalised word: "Ioana Dupont". */
function takePair(tokens: readonly NameToken[], at: number): number | null {
  const last = takeName(tokens, at);
  const [first, next] = [tokens[at], tokens[at + 1]];
  if (last !== at || first === undefined || next === undefined || first.style !== "capital" || isFirstName(first)) return last;
  if (next.style !== "capital" || !goesOn(next, first) || !canBeName(next)) return last;
  return isFirstName(next) ? at + 1 : (takeName(tokens, at + 1) ?? last);
}

/** Returns true for a first name or an initial with a surname, or two words of which the last is in capitals. */
function isFullName(all: readonly NameToken[]): boolean {
  const heads = all.filter(({ folded, style }) => style !== "small" && !particles.has(folded));
  return heads.length >= 2 && (heads.some(isFirstName) || heads[0]?.style === "initial" || heads.at(-1)?.style === "capitals");
}

/** Returns true if there is evidence of a person, false if the words may be a person, and null if they are not. */
function isPerson(all: readonly NameToken[], next: NameToken | undefined, { text, emails }: Reading): boolean | null {
  const [begin, end] = [all[0], all.at(-1)];
  const heads = all.filter(({ folded, style }) => style !== "small" && !particles.has(folded));
  const [given, surname] = [heads[0], heads.at(-1)];
  if (begin === undefined || end === undefined || given === undefined || surname === undefined) return null;
  const isNear = () => hasOwnAddress(text, { start: begin.start, end: end.end }, heads, emails);
  // "demander Claire au 04 00 00 00 00"
  if (heads.length < 2)
    return isFirstName(given) && !/^,\s\p{Ll}/u.test(text.slice(end.end)) && isLabelled(text, begin.start) && isNear() ? true : null;
  const areNouns = heads.map((head) => !canBeName(head) && !surnamesOfOffice.has(head.folded));
  if (heads.every(({ style }) => style === "initial") || (areNouns[0] && !surnameNouns.has(given.folded))) return null;
  if (particles.has(begin.folded) && begin.style === "small") return null;
  if (famousNames.has(foldName(wordsOf(all)))) return null;
  // "Clément Ader Entreprises" is a company.
  if (companyWords.has(surname.folded)) return null;
  if (surname.style !== "capitals" && goesOn(next, end) && companyWords.has(next?.folded ?? "")) return null;
  // "Claire DUPONT" is evidence by itself; "Claire Dupont" may be a place.
  if (isFirstName(given) && given.style !== "capitals" && surname.style === "capitals" && surname.text.length > 2) return true;
  const hasLabel = isLabelled(text, begin.start) || isRole(next) || isActing(text, end.end);
  // "Tremplin Claire" is no person, "Vigne Claire" is one with evidence.
  if (heads.length === 2 && given.style === "capital" && !isFirstName(given) && isFirstName(surname))
    return !goesOn(next, end) &&
      (hasLabel ||
        isSpelled(heads, emails) ||
        isOwnCell(text, begin.start, end.end) ||
        hasOwnMobile(text, { start: begin.start, end: end.end }))
      ? true
      : null;
  // "Jean Montagne" may be a place or a service.
  if ((areNouns.includes(true) && heads.length === all.length) || surname.style === "initial") return hasLabel || isNear() ? true : null;
  if (heads.some((head) => isFirstName(head)) || (given.style === "initial" && given.hasDot && surname.text.length > 2)) {
    if (hasLabel || isOwnLine(text, begin.start, end.end) || isNear()) return true;
    if (surname.text.length < 3) return null;
    // "A. Objectifs" is a heading.
    return given.style === "initial" && !/[:,(–-]\s*$|(?:\spar|\savec|\sde|\sà)\s+$/u.test(text.slice(0, begin.start)) ? null : false;
  }
  if (given.style !== "capital" || surname.text.length < 3) return null;
  if (isSpeaker(text, begin.start)) return true;
  if (hasLabel && surname.style === "capitals" && surname.text.length > 4) return true;
  // An unknown first name: "Goulwen KERMARREC" on a line of its own, "Contact : Ioana Dupont".
  if (heads.length === 2 && hasLabel) return false;
  if (hasOwnMobile(text, { start: begin.start, end: end.end })) return false;
  if (surname.style !== "capitals" || surname.text.length < 5) return null;
  return isOwnLine(text, begin.start, end.end) || isNear() ? false : null;
}

/** Words after the name of a person that is part of the name of a company. */
const companyWords: ReadonlySet<string> = new Set(
  "associes cie conseil consulting developpement earl energie energies entreprise entreprises environnement eurl fils formation freres gaec groupe habitat industrie industries pere sa sarl sas scea scic scop".split(
    " ",
  ),
);

const fieldOfName = /(?<=^|\n)[\s•*–-]*(?:nom|pr[ée]nom)\s*:[ \t\u00a0]*([^\n:,]{2,40}?)[ \t\u00a0]*(?=\n|$)/giu;

/** Finds a surname and a first name in two labelled lines: "Nom : DUPONT", "Prénom : Claire". */
function fieldsOfNames(text: string, tokens: readonly NameToken[], taken: readonly Stretch[]): (readonly NameToken[])[] {
  if (!/pr[ée]nom\s*:/i.test(text)) return [];
  return [...text.matchAll(fieldOfName)].flatMap(({ 0: whole, 1: value = "", index }) => {
    const start = index + whole.indexOf(value, whole.indexOf(":"));
    const all = tokens.filter((token) => token.start >= start && token.end <= start + value.length);
    const isFree = !taken.some((other) => start < other.end && start + value.length > other.start);
    return isFree && all.length > 0 && all.length <= 4 && all.every((token) => canBeName(token) || particles.has(token.folded))
      ? [all]
      : [];
  });
}

/** Finds names, even in lower case, that an address of the text contains: "dupont anne" if it has anne.dupont@. Skips `taken` places. */
function spelledNames(tokens: readonly NameToken[], emails: readonly FoundEmail[], taken: readonly Stretch[]): (readonly NameToken[])[] {
  const spelled = new Map<string, number>();
  for (const { local } of emails) {
    const parts = nameWords(local).map(({ folded }) => folded);
    const isName = parts.length >= 2 && parts.every((part) => part.length > 1 && !mailboxWords.has(part));
    if (isName) spelled.set(foldName(parts), parts.length);
  }
  if (spelled.size === 0) return [];
  const longest = Math.max(...spelled.values());
  const isFree = ({ start, end }: NameToken) => !taken.some((other) => start < other.end && end > other.start);
  return tokens.flatMap((first, at) => {
    if (!isFree(first)) return [];
    const all = [first];
    for (let last = at; last < at + longest; last++) {
      const [token, before] = [tokens[last], tokens[last - 1]];
      if (token === undefined || (last > at && (!goesOn(token, before) || !isFree(token)))) return [];
      if (last > at) all.push(token);
      if (spelled.has(foldName(wordsOf(all)))) return [all];
    }
    return [];
  });
}
