import { randomUUID } from "node:crypto";
import { whyUnsent } from "../../../french/delivery.ts";
import { counted, french } from "../../../french/typography.ts";
import { sendMail } from "../../../platform/mail/send-mail.ts";
import { messageCookie } from "../../access/cookies.ts";
import { newToken, tokenHash } from "../../access/tokens.ts";
import { type ActRoute, type Answer, actRoute, CannotDo } from "../../route.ts";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { type AnyLetter, letterFromPath } from "./find-letter.tsx";
import { isMailAddress, linkPlaceholder, mailSettingsOf } from "./letter-mail.ts";
import { isToken, tokenField } from "./same-letter.tsx";
import { readMail, sentField, sentStamp } from "./send-form.tsx";
import { sendForm } from "./send-page.tsx";

/** Two clicks within this time count as one. */
const twiceWithinMs = 60_000;

/**
 * Sends a letter or a reminder. The attempt is stored before the mail leaves, so only one of two concurrent requests sends it. If the process
 * dies meanwhile, the letter stays marked as uncertain.
 */
const send = actRoute("/connecteurs/:connecteur/courriers/:lettre/envoyer", { who: "bizdev", act: "letter.send" }, async (visit, form) => {
  const made = await letterFromPath(visit);
  const { letterId, connector, sentAt } = made;
  const { letters, exchanges } = visit.catalogue;
  const settings = mailSettingsOf(visit);
  const token = await tokenOf(visit, made, form.text(tokenField));
  const shown = token.isKept ? token.token : null;
  const read = await readMail(visit, form, made, shown);
  const again = { typed: read.typed, token: shown };
  // `sendForm` throws the error that explains the problem.
  if (settings === null || made.revokedAt !== null) return sendForm(visit, made, { ...again, problems: {} });
  if ("problems" in read) return sendForm(visit, made, { ...again, problems: read.problems, status: 422 });
  const to = `/connecteurs/${connector}/courriers/${letterId}`;
  if (form.text(sentField) !== sentStamp(made)) return sentMeanwhile(visit, made, to);
  const { name: by, email } = visitorOf(visit);
  const sending = { by, at: visit.now, to: read.to, tokenHash: tokenHash(token.token) };
  const before = await letters.beginSending(letterId, sentAt, sending);
  if (before === null) return sentMeanwhile(visit, await letterFromPath(visit), to);
  const link = publicAddress(visit, `/lettre/${token.token}`);
  const sent = await sendMail(
    settings,
    {
      messageId: randomUUID(),
      to: read.to,
      ...(isMailAddress(email) && { replyTo: { name: by, address: email } }),
      subject: read.typed.subject,
      text: read.typed.text.replaceAll(linkPlaceholder, link),
      headers: { "Content-Language": "fr" },
    },
    AbortSignal.timeout(sendTimeoutMs),
  );
  const subject = `connecteur ${connector}`;
  const details = { letter: letterId, way: "mail", recipients: read.to.length, isReminder: sentAt !== null };
  if (!sent.reached && sent.isUncertain) return { message: uncertainSending, to, subject, details: { ...details, isUncertain: true } };
  if (!sent.reached) {
    await letters.revertSending(letterId, sending, before);
    const failure = french`Le message n'est pas parti : ${whyUnsent(sent.code, sent.status)}. Rien n'est noté comme envoyé.`;
    return sendForm(visit, made, { ...again, problems: {}, failure, status: 503 });
  }
  const reached = read.to.filter((address) => !sent.refused.includes(address));
  await letters.markSent(letterId, sending.at, reached);
  const entry = { ...details, recipients: reached.length };
  await exchanges.addOfConnector(connector, { at: visit.now, kind: "letter-sent", by, details: entry });
  return { message: sentMessage(reached.length, sent.refused), to, subject, details: entry };
});

const uncertainSending = french`Le serveur a reçu le message, mais n'a pas confirmé qu'il l'envoie : on ne sait pas s'il est parti.`;

/** Shorter than a minute, after which browsers and proxies give up. */
const sendTimeoutMs = 40_000;

/** Returns the token for the mail: the letter's current token if the form knows it, otherwise a new one. */
async function tokenOf({ catalogue }: Visit, { letterId }: AnyLetter, sent: string): Promise<{ token: string; isKept: boolean }> {
  const found = isToken(sent) ? await catalogue.letters.findByToken(tokenHash(sent)) : null;
  return found?.letterId === letterId ? { token: sent, isKept: true } : { token: newToken(), isKept: false };
}

/** Answers a form that was opened before the letter was sent. Tells the user if another person sent it. */
function sentMeanwhile(visit: Visit, { sentBy }: AnyLetter, to: string): Answer {
  if (sentBy === null || sentBy === visitorOf(visit).name) return { to };
  const notice = french`Cette lettre a été envoyée entre-temps par ${sentBy} : votre message n'est pas parti.`;
  return { to, cookies: [messageCookie(visit.console, notice)] };
}

function sentMessage(reached: number, refused: readonly string[]): string {
  const sent = french`La lettre est envoyée à ${counted(reached, "adresse")}.`;
  if (refused.length === 0) return sent;
  return french`${sent} Le serveur a refusé ${counted(refused.length, "autre adresse", "autres adresses")} : vérifiez les contacts du producteur.`;
}

const byHand = actRoute(
  "/connecteurs/:connecteur/courriers/:lettre/envoyee",
  { who: "bizdev", act: "letter.sent-by-hand" },
  async (visit) => {
    const { letterId, connector, sentAt, revokedAt } = await letterFromPath(visit);
    const { catalogue, now } = visit;
    const { name: by } = visitorOf(visit);
    const to = `/connecteurs/${connector}/courriers/${letterId}`;
    if (revokedAt !== null) throw new CannotDo("L’adresse de cette lettre est révoquée : faites-en d’abord une nouvelle.", 409);
    const since = new Date(now.getTime() - twiceWithinMs);
    if (!(await catalogue.letters.markSentByHand(letterId, { by, at: now, since }))) return { to };
    const details = { letter: letterId, way: "by-hand", isReminder: sentAt !== null };
    await catalogue.exchanges.addOfConnector(connector, { at: now, kind: "letter-sent", by, details });
    return { message: "C’est noté : cette lettre est envoyée.", to, subject: `connecteur ${connector}`, details };
  },
);

const arrived = actRoute("/connecteurs/:connecteur/courriers/:lettre/arrivee", { who: "bizdev", act: "letter.arrived" }, async (visit) => {
  const { letterId, connector, sentAt, sentTo } = await letterFromPath(visit);
  const { catalogue, now } = visit;
  const to = `/connecteurs/${connector}/courriers/${letterId}`;
  if (sentAt === null || !(await catalogue.letters.markSent(letterId, sentAt))) return { to };
  const details = { letter: letterId, way: "mail", recipients: sentTo?.split(", ").length ?? 0 };
  await catalogue.exchanges.addOfConnector(connector, { at: now, kind: "letter-sent", by: visitorOf(visit).name, details });
  return { message: "C’est noté : la lettre est arrivée.", to, subject: `connecteur ${connector}`, details };
});

export const sendActs: readonly ActRoute[] = [send, byHand, arrived];
