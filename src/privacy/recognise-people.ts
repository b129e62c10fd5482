import { type FoundEmail, findEmails } from "./find-emails.ts";
import { findNames } from "./find-names.ts";
import { findPhones } from "./find-phones.ts";
import { kindOfMailbox } from "./kind-of-mailbox.ts";
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
