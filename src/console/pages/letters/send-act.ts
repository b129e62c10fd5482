import { randomUUID } from "node:crypto";
import { counted, french } from "../../../french/typography.ts";
import { whyUnsent } from "../../../jobs/digest/french/delivery.ts";
import { handInMail } from "../../../jobs/digest/hand-in-mail.ts";
import { saidCookie } from "../../access/cookies.ts";
import { newToken, tokenHash } from "../../access/tokens.ts";
import { type ActRoute, type Answer, CannotDo } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { letterFromPath, type MadeLetter } from "./find-letter.tsx";
import { isMailAddress, linkPlaceholder, mailSettingsOf } from "./letter-mail.ts";
import { isToken, tokenField } from "./same-letter.ts";
import { readMail, sentField, sentStamp } from "./send-form.tsx";
import { sendForm } from "./send-page.tsx";

/** Noted by hand again so soon, it was noted once. */
const twiceWithinMs = 60_000;

/**
 * Sends a letter, or reminds of it. Whoever is first notes that it is being sent before it is: of two, on whichever machine, one sends it, and a process that dies
 * meanwhile leaves a letter of which nobody knows whether it got there.
 */
const send: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/courriers/:lettre/envoyer",
  who: "bizdev",
  act: "letter.send",
  async perform(visit, form) {
    const made = await letterFromPath(visit);
    const { letterId, connector, sentAt } = made;
    const { letters, exchanges } = visit.catalogue;
    const settings = mailSettingsOf(visit);
    const token = await tokenOf(visit, made, form.text(tokenField));
    const shown = token.isKept ? token.token : null;
    const read = await readMail(visit, form, made, shown);
    const again = { typed: read.typed, token: shown };
    // The page says what is wrong with the letter itself.
    if (settings === null || made.revokedAt !== null) return sendForm(visit, made, { ...again, problems: {} });
    if ("problems" in read) return sendForm(visit, made, { ...again, problems: read.problems, status: 422 });
    const to = `/connecteurs/${connector}/courriers/${letterId}`;
    if (form.text(sentField) !== sentStamp(made)) return sentMeanwhile(visit, made, to);
    const { name: by, email } = visitorOf(visit);
    const sending = { by, at: visit.now, to: read.to, tokenHash: tokenHash(token.token) };
    const before = await letters.beginSending(letterId, sentAt, sending);
    if (before === null) return sentMeanwhile(visit, await letterFromPath(visit), to);
    const link = `${visit.console.url}/lettre/${token.token}`;
    const sent = await handInMail(
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
      await letters.takeSendingBack(letterId, sending, before);
      const said = french`Le message n'est pas parti : ${whyUnsent(sent.code, sent.status)}. Rien n'est noté comme envoyé.`;
      return sendForm(visit, made, { ...again, problems: {}, said, status: 503 });
    }
    const reached = read.to.filter((address) => !sent.refused.includes(address));
    await letters.sent(letterId, sending.at, reached);
    const entry = { ...details, recipients: reached.length };
    await exchanges.addOfConnector(connector, { at: visit.now, kind: "letter-sent", by, details: entry });
    return { message: saidOf(reached.length, sent.refused), to, subject, details: entry };
  },
};

const uncertainSending = french`Le serveur a reçu le message, mais n'a pas confirmé qu'il l'envoie : on ne sait pas s'il est parti.`;

/** Browsers and proxies wait for about a minute. */
const sendTimeoutMs = 40_000;

/** The token of the address that the mail brings: the letter's own, where the form knows it, else another one. */
async function tokenOf({ catalogue }: Visit, { letterId }: MadeLetter, sent: string): Promise<{ token: string; isKept: boolean }> {
  const found = isToken(sent) ? await catalogue.letters.atAddress(tokenHash(sent)) : null;
  return found?.letterId === letterId ? { token: sent, isKept: true } : { token: newToken(), isKept: false };
}

/** Of a form from before the letter was sent, or is being sent: whoever has sent it knows, others are told. */
function sentMeanwhile(visit: Visit, { sentBy }: MadeLetter, to: string): Answer {
  if (sentBy === null || sentBy === visitorOf(visit).name) return { to };
  const said = french`Cette lettre a été envoyée entre-temps par ${sentBy} : votre message n'est pas parti.`;
  return { to, cookies: [saidCookie(visit.console, said)] };
}

function saidOf(reached: number, refused: readonly string[]): string {
  const sent = french`La lettre est envoyée à ${counted(reached, "adresse")}.`;
  if (refused.length === 0) return sent;
  return french`${sent} Le serveur a refusé ${counted(refused.length, "autre adresse", "autres adresses")} : vérifiez les contacts du producteur.`;
}

const byHand: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/courriers/:lettre/envoyee",
  who: "bizdev",
  act: "letter.sent-by-hand",
  async perform(visit) {
    const { letterId, connector, sentAt, revokedAt } = await letterFromPath(visit);
    const { catalogue, now } = visit;
    const { name: by } = visitorOf(visit);
    const to = `/connecteurs/${connector}/courriers/${letterId}`;
    if (revokedAt !== null) throw new CannotDo("L’adresse de cette lettre est révoquée : faites-en d’abord une nouvelle.", 409);
    const since = new Date(now.getTime() - twiceWithinMs);
    if (!(await catalogue.letters.sentByHand(letterId, { by, at: now, since }))) return { to };
    const details = { letter: letterId, way: "by-hand", isReminder: sentAt !== null };
    await catalogue.exchanges.addOfConnector(connector, { at: now, kind: "letter-sent", by, details });
    return { message: "C’est noté : cette lettre est envoyée.", to, subject: `connecteur ${connector}`, details };
  },
};

const arrived: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/courriers/:lettre/arrivee",
  who: "bizdev",
  act: "letter.arrived",
  async perform(visit) {
    const { letterId, connector, sentAt, sentTo } = await letterFromPath(visit);
    const { catalogue, now } = visit;
    const to = `/connecteurs/${connector}/courriers/${letterId}`;
    if (sentAt === null || !(await catalogue.letters.sent(letterId, sentAt))) return { to };
    const details = { letter: letterId, way: "mail", recipients: sentTo?.split(", ").length ?? 0 };
    await catalogue.exchanges.addOfConnector(connector, { at: now, kind: "letter-sent", by: visitorOf(visit).name, details });
    return { message: "C’est noté : la lettre est arrivée.", to, subject: `connecteur ${connector}`, details };
  },
};

/** What sends a letter, or notes that somebody has sent it, or that it got there. */
export const sendActs: readonly ActRoute[] = [send, byHand, arrived];
