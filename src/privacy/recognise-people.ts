import { type FoundEmail, findEmails } from "../kit/values/text/find-emails.ts";
import { findPhones } from "../kit/values/text/find-phones.ts";
import { canHoldPerson } from "./can-hold-person.ts";
import { findNames } from "./find-names.ts";
import { findProfiles } from "./find-profiles.ts";
import { foldWord } from "./fold-name.ts";
import type { Person } from "./person.ts";
import { isMobile, isPersonsPhone } from "./persons-phone.ts";
import { type ReadableView, readableView, type Stretch } from "./readable-view.ts";
import { type MailboxOwner, namesAid, ownerOfMailbox } from "./whose-mailbox.ts";

/** A part of a text that identifies a person. Positions refer to the source, including tags. */
export interface RecognisedPerson extends Stretch {
  /** `profile`: a page in a social network. */
  readonly kind: Person["kind"] | "profile";
  readonly normalised: string;
  /** False if it may also be a place or a service: a first name and a surname without evidence, an address of one unknown word. */
  readonly isSure: boolean;
}

/**
 * Finds names, profiles, personal e-mail addresses and personal phone numbers in a text or HTML, in order. Ignores mailboxes (`contact@`),
 * service numbers (`08…`, `3939`) and numbers of services. Mobile numbers are always personal; `isPersonsPhone` decides about others.
 * `namesOfAid`: title, programmes and funders of the text's aid, whose mailboxes are no people's.
 */
export function recognisePeople(written: string, namesOfAid = ""): RecognisedPerson[] {
  const view = readableView(written);
  return canHoldPerson(view) ? recogniseIn(view, namesOfAid) : [];
}

/** Does the same without the quick check. */
export function recogniseIn(view: ReadableView, namesOfAid = ""): RecognisedPerson[] {
  const { people, around } = peopleIn(view.text, namesOfAid);
  const inText = people.flatMap(({ start, end, ...person }) => {
    const pieces = view.written({ start, end });
    const [first, last] = [pieces[0], pieces.at(-1)];
    return first === undefined || last === undefined ? [] : [{ ...person, start: first.start, end: last.end }];
  });
  const numbers = new Set(inText.map(({ normalised }) => normalised));
  const inAttributes = view.attributes.flatMap(({ text, value }): RecognisedPerson[] => {
    const emails = findEmails(text.replace(/^mailto:/i, "")).flatMap((email) => personsEmail(email, around) ?? []);
    const phones = /^tel:/i.test(text)
      ? findPhones(text.slice(4)).filter(({ normalised }) => numbers.has(normalised) || isMobile(normalised))
      : [];
    return [
      ...emails.map((email) => ({ ...email, ...value })),
      ...phones.map(({ normalised }) => ({ kind: "phone" as const, normalised, isSure: true, ...value })),
      ...profilesIn(text).map((profile) => ({ ...profile, ...value })),
    ];
  });
  return [...inText, ...inAttributes].sort((a, b) => a.start - b.start);
}

/** Does the same for a text without markup. Also returns what shows whose an address is. */
function peopleIn(text: string, namesOfAid: string): { readonly people: readonly RecognisedPerson[]; readonly around: Surroundings } {
  const addresses = findEmails(text);
  const found = findNames(text, addresses);
  const around = surroundingsOf(text, new Set(found.flatMap((name) => name.surnames)), namesOfAid);
  const emails = addresses.flatMap((email) => personsEmail(email, around) ?? []);
  const profiles = profilesIn(text);
  const names = found
    .filter((name) => [...addresses, ...profiles].every((one) => name.end <= one.start || name.start >= one.end))
    .map(({ start, end, normalised, isSure }): RecognisedPerson => ({ kind: "name", normalised, start, end, isSure }));
  const others = [...names, ...emails, ...profiles];
  const phones = findPhones(text)
    .filter((phone, at, all) => isPersonsPhone(phone, { text, people: others, phones: all, before: all[at - 1] }))
    .map(({ start, end, normalised }): RecognisedPerson => ({ kind: "phone", normalised, start, end, isSure: true }));
  return { people: [...others, ...phones], around };
}

function profilesIn(text: string): RecognisedPerson[] {
  return findProfiles(text).map((profile) => ({ kind: "profile", isSure: true, ...profile }));
}

interface Surroundings {
  readonly surnames: ReadonlySet<string>;
  readonly namesOfAid: string;
  readonly foldedText: string;
  readonly text: string;
  /** Owners found so far: a link often repeats an address. */
  readonly owners: Map<string, MailboxOwner>;
}

/** Folds the text only if an address needs it. */
function surroundingsOf(text: string, surnames: ReadonlySet<string>, namesOfAid: string): Surroundings {
  let folded: string | undefined;
  return {
    surnames,
    namesOfAid,
    text,
    owners: new Map(),
    get foldedText() {
      folded ??= foldWord(text);
      return folded;
    },
  };
}

function ownerIn(around: Surroundings, local: string, domain: string): MailboxOwner {
  const owner = ownerOfMailbox({ local, domain }, around.surnames);
  return owner !== "service" && namesAid({ local }, around) ? "service" : owner;
}

function personsEmail({ start, end, normalised, local }: FoundEmail, around: Surroundings): RecognisedPerson | null {
  const owner = around.owners.get(normalised) ?? ownerIn(around, local, normalised.slice(local.length + 1));
  around.owners.set(normalised, owner);
  if (owner === "service") return null;
  return { kind: "email", normalised, start, end, isSure: owner === "person" };
}
