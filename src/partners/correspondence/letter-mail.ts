import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { courtesyMail, courtesySubject } from "../../french/letters/courtesy.ts";
import { letterSubject } from "../../french/letters/letter.ts";
import { letterMail, reminderMail, reminderSubject } from "../../french/letters/mail.ts";
import { parisDay } from "../../model/text/paris-day.ts";
import { courtesyFacts } from "./courtesy-letter.ts";
import type { AnyLetter } from "./stored-letter.ts";

/** Returns true for a single plain mail address, without a display name. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/.test(text);
}

/** A contact who can receive letters. */
interface Addressee {
  readonly contactId: string;
  readonly name: string;
  readonly email: string;
}

/** Returns the contacts of a connector's publisher who receive letters and have a valid address. Forgotten contacts have no address. */
export async function addresseesOf(
  { publishers, contacts }: Pick<Catalogue, "publishers" | "contacts">,
  connector: string,
): Promise<readonly Addressee[]> {
  const publisher = await publishers.findByConnector(connector);
  const all = publisher === null ? [] : await contacts.list(publisher.publisherId);
  return all.flatMap(({ contactId, name, email, getsLetters }) =>
    getsLetters && email !== null && isMailAddress(email) ? [{ contactId, name, email }] : [],
  );
}

/** Placeholder for the letter's address while the address does not exist yet. */
export const linkPlaceholder = "[adresse de la lettre]";

/** Who signs a mail: a colleague's name, the name of the service, and how to contact it. */
export interface Signature {
  readonly by: string;
  readonly service: string;
  readonly contact: string | null;
}

/** A mail as it is proposed. */
export interface ProposedMail {
  readonly subject: string;
  readonly text: string;
}

/** Returns the mail that announces a letter, or a reminder if the letter was sent before. `link`: the letter's address, or `linkPlaceholder`. */
export function mailOf(
  made: Pick<AnyLetter, "sentAt" | "isUncertain"> & Pick<AnyLetter, "kind" | "letter">,
  signature: Signature,
  link: string = linkPlaceholder,
): ProposedMail {
  const given = { ...signature, link };
  const sentOn = made.sentAt === null || made.isUncertain ? null : parisDay(made.sentAt);
  const about = made as AnyLetter;
  if (about.kind === "courtesy") {
    const facts = courtesyFacts(about.letter);
    return { subject: courtesySubject(facts), text: courtesyMail(facts, { ...given, sentOn }) };
  }
  const { letter } = about;
  if (sentOn === null) return { subject: letterSubject(letter), text: letterMail(letter, given) };
  return { subject: reminderSubject(letter), text: reminderMail(letter, { ...given, sentOn }) };
}
