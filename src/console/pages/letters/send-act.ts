import { actRefusalMessage } from "../../../french/act-refusals.ts";
import { counted, french } from "../../../french/typography.ts";
import { recordArrival, recordSentByHand, type SendingDetails, sendLetter } from "../../../partners/correspondence/send-letter.ts";
import type { AnyLetter } from "../../../partners/correspondence/stored-letter.ts";
import { messageCookie } from "../../access/cookies.ts";
import { tokenHash } from "../../access/tokens.ts";
import { senderOf } from "../../mail-sender.ts";
import { type ActRoute, type Answer, actRoute, CannotDo, type Done } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";
import { letterFromPath, letterPath } from "./find-letter.tsx";
import { isToken, tokenField } from "./same-letter.tsx";
import { problemsOfForm, readMail, sentField, sentStamp } from "./send-form.tsx";
import { sendForm } from "./send-page.tsx";

/** Sends a letter or a reminder. */
const send = actRoute("/connecteurs/:connecteur/courriers/:lettre/envoyer", { who: "bizdev", act: "letter.send" }, async (visit, form) => {
  const made = await letterFromPath(visit);
  const token = await currentToken(visit, made, form.text(tokenField));
  const { typed, to } = await readMail(visit, form, made);
  const seen = form.text(sentField) === sentStamp(made) ? made.sentAt : new Date(0);
  const again = { typed, token, problems: {} };
  const sent = await sendLetter(visit.catalogue, made, { to, subject: typed.subject, text: typed.text, token, seen }, senderOf(visit));
  if ("problems" in sent) return sendForm(visit, made, { ...again, problems: problemsOfForm(sent.problems), status: 422 });
  if (!("refused" in sent))
    return done(made, sent.details, sent.isUncertain ? uncertainSending : sentMessage(sent.reached.length, sent.rejected));
  const { code, params } = sent.refused;
  const why = actRefusalMessage(sent.refused);
  if (code === "mail-not-sent") return sendForm(visit, made, { ...again, failure: why, status: 503 });
  if (code !== "sent-meanwhile") throw new CannotDo(why, 409);
  const isOwn = params.by === "" || params.by === visitorOf(visit).name;
  return { to: letterPath(made), ...(!isOwn && { cookies: [messageCookie(visit.console, why)] }) };
});

const uncertainSending = french`Le serveur a reçu le message, mais n'a pas confirmé qu'il l'envoie : on ne sait pas s'il est parti.`;

/** Returns the token in the form if it is that of the letter's current address, or null. */
async function currentToken({ catalogue }: Visit, { letterId }: AnyLetter, sent: string): Promise<string | null> {
  const found = isToken(sent) ? await catalogue.letters.findByToken(tokenHash(sent)) : null;
  return found?.letterId === letterId ? sent : null;
}

function sentMessage(reached: number, rejected: readonly string[]): string {
  const sent = french`La lettre est envoyée à ${counted(reached, "adresse")}.`;
  if (rejected.length === 0) return sent;
  return french`${sent} Le serveur a refusé ${counted(rejected.length, "autre adresse", "autres adresses")} : vérifiez les contacts du producteur.`;
}

const byHand = actRoute(
  "/connecteurs/:connecteur/courriers/:lettre/envoyee",
  { who: "bizdev", act: "letter.sent-by-hand" },
  async (visit) => {
    const made = await letterFromPath(visit);
    const noted = await recordSentByHand(visit.catalogue, made, senderOf(visit));
    if (noted !== null && "refused" in noted) throw new CannotDo(actRefusalMessage(noted.refused), 409);
    return done(made, noted, "C’est noté : cette lettre est envoyée.");
  },
);

const arrived = actRoute("/connecteurs/:connecteur/courriers/:lettre/arrivee", { who: "bizdev", act: "letter.arrived" }, async (visit) => {
  const made = await letterFromPath(visit);
  return done(made, await recordArrival(visit.catalogue, made, senderOf(visit)), "C’est noté : la lettre est arrivée.");
});

/** Leads back to the letter. `details`: of the act; null if it was done before. */
function done(made: AnyLetter, details: SendingDetails | null, message: string): Done | Answer {
  const to = letterPath(made);
  return details === null ? { to } : { message, to, subject: `connecteur ${made.connector}`, details: { ...details } };
}

export const sendActs: readonly ActRoute[] = [send, byHand, arrived];
