import { randomUUID } from "node:crypto";
import { handInMail } from "../../../digest/hand-in-mail.ts";
import { whyUnsent } from "../../../texts/fr-digest-delivery.ts";
import { counted, french } from "../../../texts/fr-typography.ts";
import { saidCookie } from "../../access/cookies.ts";
import { newToken, tokenHash } from "../../access/tokens.ts";
import { inTurn } from "../../in-turn.ts";
import { type ActRoute, type Answer, CannotDo } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { letterOfAddress, type MadeLetter } from "./letter-at.ts";
import { isMailAddress, mailOfConsole } from "./mail-of-console.ts";
import { linkPlace } from "./mail-words.ts";
import { readMail } from "./read-mail.ts";
import { isToken, tokenField } from "./same-letter.ts";
import { sendForm } from "./send-page.tsx";
import { sentField, sentStamp } from "./sent-stamp.ts";

/** Noted by hand again so soon, it was noted once. */
const twiceWithinMs = 60_000;

/** Sends a letter, or reminds of it; it counts as sent once the server has taken the mail for somebody. */
const send: ActRoute = {
  method: "post",
  path: "/connecteurs/:connecteur/courriers/:lettre/envoyer",
  who: "bizdev",
  act: "letter.send",
  async perform(visit, form) {
    const { letterId } = await letterOfAddress(visit);
    return inTurn(`send ${letterId}`, async () => {
      const made = await letterOfAddress(visit);
      const { connector, sentAt } = made;
      const settings = mailOfConsole(visit);
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
      const link = `${visit.console.url}/lettre/${token.token}`;
      const sent = await handInMail(
        settings,
        {
          messageId: randomUUID(),
          to: read.to,
          ...(isMailAddress(email) && { replyTo: { name: by, address: email } }),
          subject: read.typed.subject,
          text: read.typed.text.replaceAll(linkPlace, link),
          headers: { "Content-Language": "fr" },
        },
        AbortSignal.timeout(longestMs),
      );
      if (!sent.reached) {
        const said = french`Le message n'est pas parti : ${whyUnsent(sent.code, sent.status)}. Rien n'est noté comme envoyé.`;
        return sendForm(visit, made, { ...again, problems: {}, said, status: 503 });
      }
      if (!token.isKept) await visit.catalogue.letters.readdress(letterId, tokenHash(token.token));
      const reached = read.to.filter((address) => !sent.refused.includes(address));
      await visit.catalogue.letters.sent(letterId, { by, at: visit.now, to: reached });
      const details = { letter: letterId, way: "mail", recipients: reached.length, isReminder: sentAt !== null };
      await visit.catalogue.exchanges.addOfConnector(connector, { at: visit.now, kind: "letter-sent", by, details });
      return { said: saidOf(reached.length, sent.refused), to, subject: `connecteur ${connector}`, details };
    });
  },
};

/** Browsers and proxies wait for about a minute. */
const longestMs = 40_000;

/** The token of the address that the mail brings: the letter's own, where the form knows it, else another one. */
async function tokenOf({ catalogue }: Visit, { letterId }: MadeLetter, sent: string): Promise<{ token: string; isKept: boolean }> {
  const found = isToken(sent) ? await catalogue.letters.atAddress(tokenHash(sent)) : null;
  return found?.letterId === letterId ? { token: sent, isKept: true } : { token: newToken(), isKept: false };
}

/** Of a form from before the letter was sent: whoever has sent it knows, others are told. */
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
    const { letterId } = await letterOfAddress(visit);
    return inTurn(`send ${letterId}`, async () => {
      const made = await letterOfAddress(visit);
      const { connector, sentAt, revokedAt } = made;
      const { catalogue, now } = visit;
      const { name: by } = visitorOf(visit);
      const to = `/connecteurs/${connector}/courriers/${letterId}`;
      if (revokedAt !== null) throw new CannotDo("L’adresse de cette lettre est révoquée : faites-en d’abord une nouvelle.", 409);
      if (sentAt !== null && now.getTime() - sentAt.getTime() < twiceWithinMs) return { to };
      await catalogue.letters.sent(letterId, { by, at: now, to: null });
      const details = { letter: letterId, way: "by-hand", isReminder: sentAt !== null };
      await catalogue.exchanges.addOfConnector(connector, { at: now, kind: "letter-sent", by, details });
      return { said: "C’est noté : cette lettre est envoyée.", to, subject: `connecteur ${connector}`, details };
    });
  },
};

/** What sends a letter, or notes that somebody has sent it. */
export const sendActs: readonly ActRoute[] = [send, byHand];
