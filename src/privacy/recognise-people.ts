import { type FoundEmail, findEmails } from "../kit/values/text/find-emails.ts";
import { findPhones } from "../kit/values/text/find-phones.ts";
import { findNames } from "./find-names.ts";
import { foldWord, nameWords } from "./fold-name.ts";
import { firstNames, mailboxWords, particles } from "./name-vocabulary.ts";
import type { Person } from "./person.ts";
import { isPersonsPhone } from "./persons-phone.ts";
import { readableView, type Stretch } from "./readable-view.ts";

/** A part of a text that identifies a person. Positions refer to the source, including tags. */
export interface RecognisedPerson extends Person, Stretch {
  /** False if it may also be a place or a service: a first name and a surname without evidence, an address of one unknown word. */
  readonly isSure: boolean;
}

/**
 * Finds names, personal e-mail addresses and personal phone numbers in a text or HTML, in order. Ignores mailboxes (`contact@`), service
 * numbers (`08…`, `3939`) and numbers of services. Mobile numbers are always personal; `isPersonsPhone` decides about others.
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
    const emails = findEmails(text.replace(/^mailto:/i, "")).flatMap((email) => personsEmail(email, surnames) ?? []);
    const phones = /^tel:/i.test(text) ? findPhones(text.slice(4)).filter(({ normalised }) => numbers.has(normalised)) : [];
    return [
      ...emails.map((email) => ({ ...email, ...value })),
      ...phones.map(({ normalised }) => ({ kind: "phone" as const, normalised, isSure: true, ...value })),
    ];
  });
  return [...inText, ...inAttributes].sort((a, b) => a.start - b.start);
}

/** Does the same for a text without markup. Also returns the surnames found. */
function peopleIn(text: string): { readonly people: readonly RecognisedPerson[]; readonly surnames: ReadonlySet<string> } {
  const found = findNames(text);
  const surnames = new Set(found.flatMap((name) => name.surnames));
  const addresses = findEmails(text);
  const emails = addresses.flatMap((email) => personsEmail(email, surnames) ?? []);
  const names = found
    .filter((name) => addresses.every((email) => name.end <= email.start || name.start >= email.end))
    .map(({ start, end, normalised, isSure }): RecognisedPerson => ({ kind: "name", normalised, start, end, isSure }));
  const others = [...names, ...emails];
  const phones = findPhones(text)
    .filter((phone, at, all) => isPersonsPhone(phone, { text, people: others, phones: all, before: all[at - 1] }))
    .map(({ start, end, normalised }): RecognisedPerson => ({ kind: "phone", normalised, start, end, isSure: true }));
  return { people: [...others, ...phones], surnames };
}

function personsEmail({ start, end, normalised, local }: FoundEmail, surnames: ReadonlySet<string>): RecognisedPerson | null {
  const kind = kindOfMailbox({ local, domain: normalised.slice(local.length + 1) }, surnames);
  return kind === "service" ? null : { kind: "email", normalised, start, end, isSure: kind === "person" };
}

/** Every French surname contains one of these letters. */
const vowel = /[aeiouy]/;
const provider = /^(?:gmail|orange|wanadoo|free|sfr|laposte|hotmail|outlook|live|yahoo|icloud|neuf|bbox|numericable|protonmail)\./;
/** Minimum length of a word that shows a service anywhere in a local part: "plansdechets". */
const minInside = 5;
const minFirstName = 4;
/** Longer words are words of services: "directiondestransports". */
const maxName = 16;

const longWords = [...mailboxWords].filter((word) => word.length >= minInside);

/**
 * Tells from an address whose mailbox it is. `service`: the local part names a service (`contact`, `aides.culture`, `drac.bretagne`).
 * `person`: it has the form `prenom.nom` or `p.nom`, contains a first name, or one of the surnames of the text. `doubtful`: one unknown
 * word, such as `pnom` of somebody whom the text does not name.
 */
function kindOfMailbox(
  { local, domain }: { readonly local: string; readonly domain: string },
  surnames: ReadonlySet<string> = new Set(),
): "service" | "person" | "doubtful" {
  const parts = nameWords(local)
    .map(({ folded }) => folded)
    .filter((part, at, all) => !particles.has(part) || at === 0 || at === all.length - 1);
  const [first = "", second = ""] = parts;
  if (parts.some((part) => mailboxWords.has(part))) return "service";
  if (parts.some((part) => firstNames.has(part))) return "person";
  if (parts.some((part) => knowsSurname(part, surnames))) return "person";
  const isOfService = /\d/.test(local) || longWords.some((word) => local.includes(word)) || (first.length > 3 && domain.includes(first));
  if (isOfService) return "service";
  if (parts.length === 1) {
    if (first.length < minInside || !vowel.test(first)) return "service";
    if (beginsWithFirstName(first)) return "person";
    if (first.length > maxName) return "service";
    return provider.test(domain) ? "person" : "doubtful";
  }
  if (parts.length === 2 && first.length <= 2) return second.length < 3 || !vowel.test(second) ? "service" : "person";
  // A single hyphen joins a service and a place ("mlo-nantes") more often than two names.
  if (!/[._]/.test(local) || parts.length > 3) return "service";
  return parts.some((part) => part.length < 3 || !vowel.test(part)) ? "service" : "person";
}

/** Returns true for `cdupont`, `dupontc` and `dupont` if one of the surnames is Dupont. */
function knowsSurname(word: string, surnames: ReadonlySet<string>): boolean {
  for (const surname of surnames) {
    if (surname.length < 3) continue;
    const folded = foldWord(surname).replace(/[^a-z]/g, "");
    if (word === folded || (word.length <= folded.length + 2 && (word.endsWith(folded) || word.startsWith(folded)))) return true;
  }
  return false;
}

/** Returns true for `clairedupont`. */
function beginsWithFirstName(word: string): boolean {
  for (let length = minFirstName; length <= word.length - 3; length++) if (firstNames.has(word.slice(0, length))) return true;
  return false;
}
