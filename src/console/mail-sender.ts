import type { Signature } from "../partners/correspondence/letter-mail.ts";
import type { LetterSender } from "../partners/correspondence/send-letter.ts";
import { readMailSettings } from "../platform/mail/mail-settings.ts";
import { publicAddress, type Visit, visitorOf } from "./visit.ts";

/** Returns the SMTP server and sender, the same as for the digest. Null without a configured server: users then copy the mail and send it themselves. */
export function mailServerOf({ console: { jobs } }: Visit): LetterSender["server"] {
  return readMailSettings(jobs.services.environment);
}

/** Returns the visitor as the sender of mails to publishers. */
export function senderOf(visit: Visit): LetterSender {
  const { name: by, email } = visitorOf(visit);
  return { by, email, now: visit.now, server: mailServerOf(visit), addressOf: (path) => publicAddress(visit, path) };
}

/** Returns how the visitor signs a mail to a publisher. */
export function signatureOf(visit: Visit): Signature {
  const { name: service, contact } = visit.console.settings;
  return { by: visitorOf(visit).name, service, contact };
}
