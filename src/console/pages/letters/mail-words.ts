import { parisDay } from "../../../model/text/paris-day.ts";
import { letterSubject } from "../../../partners/letters/french/letter.ts";
import { letterMail } from "../../../partners/letters/french/mail.ts";
import { reminderMail, reminderSubject } from "../../../partners/letters/french/reminder.ts";
import type { Visit } from "../../visit.ts";
import { visitorOf } from "../../visit.ts";
import type { MadeLetter } from "./letter-at.ts";

/** What stands for the address in a message, where it is only known when the mail goes out. */
export const linkPlace = "[adresse de la lettre]";

/** Subject and text of the mail that brings a letter, or reminds of one that was sent. `link`: its address, or `linkPlace`. */
export function mailWords(
  visit: Visit,
  { letter, sentAt, isUncertain }: MadeLetter,
  link: string,
): { readonly subject: string; readonly text: string } {
  const { name: service, contact } = visit.console.settings;
  const given = { by: visitorOf(visit).name, service, contact, link };
  if (sentAt === null || isUncertain) return { subject: letterSubject(letter), text: letterMail(letter, given) };
  return { subject: reminderSubject(letter), text: reminderMail(letter, { ...given, sentOn: parisDay(sentAt) }) };
}
