import { findEmails } from "./find-emails.ts";
import { findNames } from "./find-names.ts";
import { type FoundPhone, findPhones } from "./find-phones.ts";
import { foldWord, nameWords } from "./fold-name.ts";
import { firstNames, mailboxWords } from "./name-vocabulary.ts";
import type { Person } from "./person.ts";
import { readableView, type Stretch } from "./readable-view.ts";

/** A part of a text that identifies a person. Positions refer to the source, including tags. */
export interface RecognisedPerson extends Person, Stretch {}

/** Usual groupings of the digits of phone numbers. SIREN and SIRET have groups of three. */
const groupings = /^(?:10|2-2-2-2-2|4-2-2-2|4-3-3|4-6|2-4-4|2-8|2-3-3-2|2-1-2-2-2-2|2-1-1-2-2-2-2|3-3-2-2-2|\d[\d-]*)$/;
const ofService = /(?:standard|accueil|secr[ée]tariat|num[ée]ro vert|permanence|service|direction|mairie|bureau|p[ôo]le)[^\n,;–—]{0,40}$/iu;
/** The text before a number that has a line of its own: nothing, or a label. */
const bareLine = /^\s*(?:(?:t[ée]l(?:[ée]phone)?|ligne directe|fixe)\.?\s*:?\s*)?$/iu;
const notPhone = /(?:siren|siret|rna|naf|ape|iban|bic|tva|finess|dossier|référence|réf)[^\p{L}\n]{0,12}$/iu;

/**
 * Finds names, personal e-mail addresses and personal phone numbers in a text or HTML, in order. Ignores mailboxes (`contact@`), service
 * numbers (`08…`, `3939`) and numbers of services. Mobile numbers are always personal. Another number is personal if a person is on its
 * line. If it has a line of its own, a person on one of the two lines before is enough.
 */
export function recognisePeople(written: string): RecognisedPerson[] {
  const view = readableView(written);
  const { people, surnames } = peopleIn(view.text);
  const inText = people.flatMap(({ start, end, ...person }) => {
    const pieces = view.written({ start, end });
    const [first, last] = [pieces[0], pieces.at(-1)];
    return first === undefined || last === undefined ? [] : [{ ...person, start: first.start, end: last.end }];
  });
  const numbers = new Set(inText.map(({ normalised }) => normalised));
  const inAttributes = view.attributes.flatMap(({ text, value }): RecognisedPerson[] => {
    const emails = findEmails(text.replace(/^mailto:/i, "")).filter(({ local }) => !isMailbox(local, surnames));
    const phones = /^tel:/i.test(text) ? findPhones(text.slice(4)).filter(({ normalised }) => numbers.has(normalised)) : [];
    return [
      ...emails.map(({ normalised }) => ({ kind: "email" as const, normalised, ...value })),
      ...phones.map(({ normalised }) => ({ kind: "phone" as const, normalised, ...value })),
    ];
  });
  return [...inText, ...inAttributes].sort((a, b) => a.start - b.start);
}

/** Does the same for a text without markup. Also returns the surnames found. */
function peopleIn(text: string): { readonly people: readonly RecognisedPerson[]; readonly surnames: ReadonlySet<string> } {
  const found = findNames(text);
  const surnames = new Set(found.flatMap((name) => name.surnames));
  const emails = findEmails(text)
    .filter(({ local }) => !isMailbox(local, surnames))
    .map(({ start, end, normalised }): RecognisedPerson => ({ kind: "email", normalised, start, end }));
  const names = found
    .filter((name) => emails.every((email) => name.end <= email.start || name.start >= email.end))
    .map(({ start, end, normalised }): RecognisedPerson => ({ kind: "name", normalised, start, end }));
  const others = [...names, ...emails];
  const phones = findPhones(text)
    .filter((phone, at, all) => isApart(phone, all[at - 1], text) && isPersons(phone, text, others))
    .map(({ start, end, normalised }): RecognisedPerson => ({ kind: "phone", normalised, start, end }));
  return { people: [...others, ...phones], surnames };
}

function isPersons({ start, normalised, groups }: FoundPhone, text: string, others: readonly Stretch[]): boolean {
  if (normalised.startsWith("+338") || !groupings.test(groups)) return false;
  const before = text.slice(Math.max(0, start - 60), start);
  if (notPhone.test(before)) return false;
  if (isMobile(normalised)) return true;
  const line = text.lastIndexOf("\n", start - 1) + 1;
  if (ofService.test(text.slice(line, start)) && !others.some((other) => other.start >= line && other.end <= start)) return false;
  if (others.some((other) => other.start >= line && other.end <= endOfLine(text, start))) return true;
  const from = linesBefore(text, line);
  return bareLine.test(text.slice(line, start)) && others.some((other) => other.start >= from && other.end <= line);
}

/** Returns the start of the second line before, without counting empty lines. */
function linesBefore(text: string, line: number): number {
  let from = line;
  for (let count = 0; count < 2 && from > 0; ) {
    const end = from - 1;
    from = end === 0 ? 0 : text.lastIndexOf("\n", end - 1) + 1;
    if (text.slice(from, end).trim() !== "") count++;
  }
  return from;
}

/** Returns false for the end of a longer number. */
function isApart({ start }: FoundPhone, before: FoundPhone | undefined, text: string): boolean {
  return !/\d[ \u00a0\u202f.-]?$/.test(text.slice(Math.max(0, start - 2), start)) || (before !== undefined && start - before.end <= 3);
}

function isMobile(normalised: string): boolean {
  return /^\+(?:33[67]|262(?:69[23]|639)|590(?:690|691)|594694|59669[67])/.test(normalised);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

/** Every French surname contains one of these letters. */
const vowel = /[aeiouy]/;

/**
 * Returns true if the local part shows that an address belongs to no single person: `contact`, `aides.culture`, `drac.bretagne`. Returns
 * false for `prenom.nom`, `p.nom`, a first name alone, and `pnom` if `surnames` contains the name.
 */
function isMailbox(local: string, surnames: ReadonlySet<string> = new Set()): boolean {
  const parts = nameWords(local).map(({ folded }) => folded);
  const [first = ""] = parts;
  if (parts.some((part) => mailboxWords.has(part))) return true;
  if (parts.some((part) => firstNames.has(part))) return false;
  if (parts.length === 1) return !knowsSurname(first, surnames);
  if (parts.some((part) => surnames.has(part))) return false;
  const [, second = ""] = parts;
  if (parts.length === 2 && first.length <= 2) return second.length < 3 || !vowel.test(second);
  // A single hyphen joins a service and a place ("mlo-nantes") more often than two names.
  return parts.length > 3 || !/[._]/.test(local) || parts.some((part) => part.length < 3 || !vowel.test(part));
}

/** Returns true for `cdupont`, `dupontc` and `dupont` if one of the surnames is Dupont. */
function knowsSurname(word: string, surnames: ReadonlySet<string>): boolean {
  for (const surname of surnames) {
    if (surname.length < 3) continue;
    const folded = foldWord(surname);
    if (word === folded || (word.length <= folded.length + 2 && (word.endsWith(folded) || word.startsWith(folded)))) return true;
  }
  return false;
}
