import { courtesyMail, courtesySubject } from "../../../french/letters/courtesy.ts";
import { letterSubject } from "../../../french/letters/letter.ts";
import { letterMail, reminderMail, reminderSubject } from "../../../french/letters/mail.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { type MailServer, readMailSettings } from "../../../platform/mail/mail-settings.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { courtesyFacts } from "../courtesy/courtesy-letter.ts";
import type { AnyLetter } from "./find-letter.tsx";

/** Returns the SMTP server and sender, the same as for the digest. Null without a configured server: users then copy the mail and send it themselves. */
export function mailSettingsOf({ console: { jobs } }: Visit): MailServer | null {
  return readMailSettings(jobs.services.environment);
}

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
export async function addresseesOf({ catalogue }: Visit, connector: string): Promise<readonly Addressee[]> {
  const publisher = await catalogue.publishers.findByConnector(connector);
  const contacts = publisher === null ? [] : await catalogue.contacts.list(publisher.publisherId);
  return contacts.flatMap(({ contactId, name, email, getsLetters }) =>
    getsLetters && email !== null && isMailAddress(email) ? [{ contactId, name, email }] : [],
  );
}

/** Placeholder for the letter's address while the address does not exist yet. */
export const linkPlaceholder = "[adresse de la lettre]";

/** Returns the mail that announces a letter, or a reminder if the letter was sent before. `link`: the letter's address, or `linkPlaceholder`. */
export function mailOf(visit: Visit, made: AnyLetter, link: string): { readonly subject: string; readonly text: string } {
  const { name: service, contact } = visit.console.settings;
  const given = { by: visitorOf(visit).name, service, contact, link };
  const { sentAt, isUncertain } = made;
  if (made.kind === "courtesy") {
    const facts = courtesyFacts(made.letter);
    const sentOn = sentAt === null || isUncertain ? null : parisDay(sentAt);
    return { subject: courtesySubject(facts), text: courtesyMail(facts, { ...given, sentOn }) };
  }
  const { letter } = made;
  if (sentAt === null || isUncertain) return { subject: letterSubject(letter), text: letterMail(letter, given) };
  return { subject: reminderSubject(letter), text: reminderMail(letter, { ...given, sentOn: parisDay(sentAt) }) };
}
