import { type MailSettings, readDigestSettings } from "../../../jobs/digest/settings.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { letterSubject } from "../../../partners/letters/french/letter.ts";
import { letterMail, reminderMail, reminderSubject } from "../../../partners/letters/french/mail.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import type { MadeLetter } from "./find-letter.tsx";

/** The server by which letters are sent, and in whose name: those of the morning page. Null where none is set: then people copy and send by themselves. */
export function mailSettingsOf({ console: { jobs } }: Visit): Omit<MailSettings, "to"> | null {
  const { mail } = readDigestSettings(jobs.services.environment);
  return mail;
}

/** True for an address that a mail can go to: one, without a name, a list or a line of its own. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/.test(text);
}

/** Somebody at the publisher's whom a letter can be sent to. */
interface Addressee {
  readonly contactId: string;
  readonly name: string;
  readonly email: string;
}

/** Contacts of a connector's publisher that get letters and have an address to which a mail can go: of somebody who was forgotten nothing is left of it. */
export async function addresseesOf({ catalogue }: Visit, connector: string): Promise<readonly Addressee[]> {
  const publisher = await catalogue.publishers.ofConnector(connector);
  const contacts = publisher === null ? [] : await catalogue.contacts.of(publisher.publisherId);
  return contacts.flatMap(({ contactId, name, email, getsLetters }) =>
    getsLetters && email !== null && isMailAddress(email) ? [{ contactId, name, email }] : [],
  );
}

/** What stands for the address in a message, where it is only known when the mail goes out. */
export const linkPlaceholder = "[adresse de la lettre]";

/** Subject and text of the mail that brings a letter, or reminds of one that was sent. `link`: its address, or `linkPlace`. */
export function mailOf(
  visit: Visit,
  { letter, sentAt, isUncertain }: MadeLetter,
  link: string,
): { readonly subject: string; readonly text: string } {
  const { name: service, contact } = visit.console.settings;
  const given = { by: visitorOf(visit).name, service, contact, link };
  if (sentAt === null || isUncertain) return { subject: letterSubject(letter), text: letterMail(letter, given) };
  return { subject: reminderSubject(letter), text: reminderMail(letter, { ...given, sentOn: parisDay(sentAt) }) };
}
