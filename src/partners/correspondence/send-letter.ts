import { randomUUID } from "node:crypto";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import { type ActRefusal, type Refused, refusedAct, type WrongInput } from "../../model/act-refusal.ts";
import type { MailServer } from "../../platform/mail/mail-settings.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";
import { newToken, tokenHash } from "../../platform/secret-token.ts";
import { isMailAddress, linkPlaceholder } from "./letter-mail.ts";
import type { AnyLetter } from "./stored-letter.ts";

export const maxSubjectLength = 200;
export const maxTextLength = 8000;
const maxRecipients = 10;
/** Shorter than a minute, after which browsers and proxies give up. */
const sendTimeoutMs = 40_000;
/** Two requests within this time count as one. */
const twiceWithinMs = 60_000;

/** A letter as it is mailed. */
export interface LetterMail {
  /** Distinct addresses. */
  readonly to: readonly string[];
  readonly subject: string;
  /** Contains the letter's address, or `linkPlaceholder` for a new one. */
  readonly text: string;
  /** Token of the letter's address; null if the sender does not know it. Then the letter gets a new address, and the old one stops working. */
  readonly token: string | null;
  /** The last send attempt that the sender knows of. */
  readonly seen: Date | null;
}

/** Who sends a letter, when, and how. `email`: where answers arrive; `addressOf`: returns the public address of a path. */
export interface LetterSender {
  readonly by: string;
  readonly email: string | null;
  readonly now: Date;
  readonly server: MailServer | null;
  addressOf(path: string): string;
}

/** Facts about a sent letter, for the logs. They contain no addresses. */
export interface SendingDetails {
  readonly letter: string;
  readonly way: "mail" | "by-hand";
  readonly recipients?: number;
  readonly isReminder?: boolean;
  readonly isUncertain?: true;
}

/** A sent letter. `rejected`: addresses that the mail server refused; `isUncertain`: the server did not confirm the mail. */
export interface SentLetter {
  readonly reached: readonly string[];
  readonly rejected: readonly string[];
  readonly isUncertain: boolean;
  readonly details: SendingDetails;
}

function problemsOfMail({ to, subject, text, token }: LetterMail, { addressOf }: Pick<LetterSender, "addressOf">): ActRefusal[] {
  const link = token === null ? linkPlaceholder : letterAddress(token, addressOf);
  const problems = [problemOfRecipients(to), problemOfSubject(subject)];
  if (text.length > maxTextLength) problems.push({ code: "text-too-long", params: { max: maxTextLength } });
  else if (!text.includes(link)) problems.push({ code: "text-without-link", params: { link } });
  return problems.filter((problem) => problem !== null);
}

function problemOfRecipients(to: readonly string[]): ActRefusal | null {
  const wrong = to.find((address) => !isMailAddress(address));
  if (wrong !== undefined) return { code: "not-a-mail-address", params: { address: wrong } };
  if (to.length === 0) return { code: "no-recipient", params: {} };
  return to.length > maxRecipients ? { code: "too-many-recipients", params: { max: maxRecipients } } : null;
}

function problemOfSubject(subject: string): ActRefusal | null {
  if (subject === "") return { code: "no-subject", params: {} };
  if (/\p{Cc}/u.test(subject)) return { code: "subject-with-lines", params: {} };
  return subject.length > maxSubjectLength ? { code: "subject-too-long", params: { max: maxSubjectLength } } : null;
}

/** Returns why no letter can be mailed at all, or null. */
export function sendingObstacle({ revokedAt }: Pick<AnyLetter, "revokedAt">, server: LetterSender["server"]): ActRefusal | null {
  if (server === null) return { code: "mail-not-set-up", params: {} };
  return revokedAt === null ? null : { code: "address-revoked", params: {} };
}

/**
 * Mails a letter or a reminder. The attempt is stored before the mail leaves, so only one of two concurrent attempts sends it. If the process
 * dies meanwhile, the letter stays marked as uncertain.
 */
export async function sendLetter(
  { letters, exchanges }: Pick<Catalogue, "letters" | "exchanges">,
  made: AnyLetter,
  mail: LetterMail,
  sender: LetterSender,
): Promise<SentLetter | Refused | WrongInput> {
  const { letterId, connector, sentAt } = made;
  const { by, email, now, server, addressOf } = sender;
  const obstacle = sendingObstacle(made, server);
  if (obstacle !== null || server === null) return { refused: obstacle ?? { code: "mail-not-set-up", params: {} } };
  const problems = problemsOfMail(mail, sender);
  if (problems.length > 0) return { problems };
  if (mail.seen?.getTime() !== sentAt?.getTime()) return refusedAct("sent-meanwhile", { by: made.sentBy ?? "" });
  const token = mail.token ?? newToken();
  const sending = { by, at: now, to: mail.to, tokenHash: tokenHash(token) };
  const before = await letters.beginSending(letterId, sentAt, sending);
  if (before === null) return refusedAct("sent-meanwhile", { by: (await letters.find(letterId))?.sentBy ?? "" });
  const sent = await sendMail(
    server,
    {
      messageId: randomUUID(),
      to: mail.to,
      ...(email !== null && isMailAddress(email) && { replyTo: { name: by, address: email } }),
      subject: mail.subject,
      text: mail.text.replaceAll(linkPlaceholder, letterAddress(token, addressOf)),
      headers: { "Content-Language": "fr" },
    },
    AbortSignal.timeout(sendTimeoutMs),
  );
  const details = { letter: letterId, way: "mail", recipients: mail.to.length, isReminder: sentAt !== null } as const;
  if (!sent.reached && sent.isUncertain)
    return { reached: [], rejected: [], isUncertain: true, details: { ...details, isUncertain: true } };
  if (!sent.reached) {
    await letters.revertSending(letterId, sending, before);
    return refusedAct("mail-not-sent", { code: sent.code, ...(sent.status !== null && { status: sent.status }) });
  }
  const reached = mail.to.filter((address) => !sent.refused.includes(address));
  await letters.markSent(letterId, sending.at, reached);
  const entry = { ...details, recipients: reached.length };
  await exchanges.addOfConnector(connector, { at: now, kind: "letter-sent", by, details: entry });
  return { reached, rejected: sent.refused, isUncertain: false, details: entry };
}

function letterAddress(token: string, addressOf: LetterSender["addressOf"]): string {
  return addressOf(`/lettre/${token}`);
}

/** Records that a person sent a letter outside Moisson. Returns null if it was just sent. */
export async function recordSentByHand(
  { letters, exchanges }: Pick<Catalogue, "letters" | "exchanges">,
  { letterId, connector, sentAt, revokedAt }: AnyLetter,
  { by, now }: Pick<LetterSender, "by" | "now">,
): Promise<SendingDetails | Refused | null> {
  if (revokedAt !== null) return refusedAct("address-revoked");
  const since = new Date(now.getTime() - twiceWithinMs);
  if (!(await letters.markSentByHand(letterId, { by, at: now, since }))) return null;
  const details = { letter: letterId, way: "by-hand", isReminder: sentAt !== null } as const;
  await exchanges.addOfConnector(connector, { at: now, kind: "letter-sent", by, details });
  return details;
}

/** Records that a letter arrived whose delivery was uncertain. Returns null if its delivery is known. */
export async function recordArrival(
  { letters, exchanges }: Pick<Catalogue, "letters" | "exchanges">,
  { letterId, connector, sentAt, sentTo }: AnyLetter,
  { by, now }: Pick<LetterSender, "by" | "now">,
): Promise<SendingDetails | null> {
  if (sentAt === null || !(await letters.markSent(letterId, sentAt))) return null;
  const details = { letter: letterId, way: "mail", recipients: sentTo?.split(", ").length ?? 0 } as const;
  await exchanges.addOfConnector(connector, { at: now, kind: "letter-sent", by, details });
  return details;
}
