import type { Child } from "hono/jsx";
import { actRefusalMessage } from "../../../french/act-refusals.ts";
import { frenchDay } from "../../../french/dates.ts";
import { counted, french } from "../../../french/typography.ts";
import type { ActRefusal, ActRefusalCode } from "../../../model/act-refusal.ts";
import { parisDay } from "../../../model/text/paris-day.ts";
import { addresseesOf, isMailAddress, linkPlaceholder, mailOf, type ProposedMail } from "../../../partners/correspondence/letter-mail.ts";
import { sameSentBefore } from "../../../partners/correspondence/make-letter.ts";
import {
  maxSubjectLength,
  maxTextLength,
  recordArrival,
  recordSentByHand,
  sendingObstacle,
  sendLetter,
} from "../../../partners/correspondence/send-letter.ts";
import type { AnyLetter, MadeLetter } from "../../../partners/correspondence/stored-letter.ts";
import { messageCookie } from "../../access/cookies.ts";
import { tokenHash } from "../../access/tokens.ts";
import { controlsOf } from "../../forms/form.tsx";
import { mailServerOf, senderOf, signatureOf } from "../../mail-sender.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm, Checkboxes, SubmitButton, TextArea, TextField } from "../../parts/form-controls.tsx";
import { type ActRoute, CannotDo, type Form, type Page, pageRoute } from "../../route.ts";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import { isToken, tokenField } from "./connector-letters.tsx";
import { backToLetter, type LetterGiven, letterAct, letterBreadcrumb, letterFromPath, letterPath } from "./find-letter.tsx";

/** Values typed into the form that sends a letter. `to`: contact ids. */
interface TypedMail {
  readonly to: readonly string[];
  readonly other: string;
  readonly subject: string;
  readonly text: string;
}

/** A form that is shown, for the first time or again. `token`: of the letter's address; null if the mail will create a new address. */
interface SendGiven {
  readonly token: string | null;
  readonly typed: TypedMail | null;
  readonly problems: Readonly<Record<string, string>>;
}

/** The form that sends a letter. `words`: the proposed mail. */
export async function SendForm(given: SendGiven & LetterGiven & { readonly words: ProposedMail }): Promise<Child> {
  const { visit, made, path, token, typed, words, problems } = given;
  const people = await addresseesOf(visit.catalogue, made.connector);
  const { email } = visitorOf(visit);
  const { other, subject, text } = { other: "", ...words, ...typed };
  const control = controlsOf({ autre: other, objet: subject, message: text }, problems);
  return (
    <ActForm action={`${path}/envoyer`} csrf={visit.csrf} busyMessage="Envoi en cours…">
      {token !== null && <input type="hidden" name="adresse" value={token} />}
      <input type="hidden" name={sentField} value={sentStamp(made)} />
      {people.length === 0 ? (
        <p>{french`Aucun contact de ce producteur n'est noté comme recevant les courriers.`}</p>
      ) : (
        <Checkboxes
          name="contacts"
          label="À"
          hint="Les contacts du producteur qui reçoivent les courriers."
          choices={people.map(({ contactId, name, email: address }) => ({ value: contactId, label: `${name}, ${address}` }))}
          values={typed?.to ?? people.map(({ contactId }) => contactId)}
          problem={problems.contacts}
        />
      )}
      <TextField
        {...control("autre")}
        label={people.length === 0 ? "Adresse électronique du destinataire" : "Une autre adresse"}
        required={people.length === 0}
      />
      <TextField {...control("objet")} label="Objet" maxlength={maxSubjectLength} required />
      <TextArea
        {...control("message")}
        label="Message"
        hint={
          token === null
            ? french`« ${linkPlaceholder} » y sera remplacé par une nouvelle adresse de la lettre. Celle d'avant ne mènera plus à rien.`
            : french`Il doit contenir l'adresse de la lettre.`
        }
        rows={18}
        maxlength={maxTextLength}
        required
      />
      <p>
        {isMailAddress(email)
          ? french`Le message part au nom du service ; les réponses vont à votre adresse, ${email}.`
          : french`Le message part au nom du service. Votre compte n'a pas d'adresse à laquelle répondre : donnez-en une dans le message.`}
      </p>
      <SubmitButton label="Envoyer" />
    </ActForm>
  );
}

/** Form field with the time of the last send attempt when the form was shown. */
const sentField = "envoyee";

/** Returns the time of the last send attempt as a form value, or "". */
function sentStamp({ sentAt }: Pick<AnyLetter, "sentAt">): string {
  return sentAt?.toISOString() ?? "";
}

/** Reads the form that sends a letter. `to`: distinct addresses. */
async function readMail(
  { catalogue }: Visit,
  form: Form,
  { connector }: AnyLetter,
): Promise<{ readonly typed: TypedMail; readonly to: readonly string[] }> {
  const typed = {
    to: form.all("contacts"),
    other: form.text("autre"),
    subject: form.text("objet"),
    text: form.text("message").replace(/\r\n/g, "\n"),
  };
  const people = (await addresseesOf(catalogue, connector)).filter(({ contactId }) => typed.to.includes(contactId));
  return { typed, to: [...new Set([...people.map(({ email }) => email), ...(typed.other === "" ? [] : [typed.other])])] };
}

/** Form fields of the problems that are not about the message. */
const fieldOfProblem: Partial<Record<ActRefusalCode, string>> = {
  "not-a-mail-address": "autre",
  "no-recipient": "autre",
  "too-many-recipients": "contacts",
  "no-subject": "objet",
  "subject-with-lines": "objet",
  "subject-too-long": "objet",
};

/** Returns the problems of a mail by form field. */
function problemsOfForm(problems: readonly ActRefusal[]): Readonly<Record<string, string>> {
  return Object.fromEntries(problems.map((problem) => [fieldOfProblem[problem.code] ?? "message", actRefusalMessage(problem)]));
}

export const sendPage = pageRoute("/connecteurs/:connecteur/courriers/:lettre/envoyer", "bizdev", async (visit) => {
  return sendForm(visit, await letterFromPath(visit), { typed: null, token: null, problems: {} });
});

/** Returns the page with its form. `failure`: why the mail was not sent. Throws `CannotDo` without an SMTP server or if the address is revoked. */
async function sendForm(
  visit: Visit,
  made: AnyLetter,
  again: SendGiven & Pick<Page, "status"> & { readonly failure?: string },
): Promise<Page> {
  const obstacle = sendingObstacle(made, mailServerOf(visit));
  if (obstacle !== null) throw new CannotDo(actRefusalMessage(obstacle), 409);
  const { connector, letter, sentAt, isUncertain } = made;
  const path = letterPath(made);
  const title = sentAt === null ? "Envoyer la lettre" : isUncertain ? "Envoyer la lettre à nouveau" : "Envoyer un rappel";
  const link = again.token === null ? linkPlaceholder : publicAddress(visit, `/lettre/${again.token}`);
  const same = sentAt === null && made.kind === "errors" ? await sameSentBefore(visit.catalogue, made) : null;
  return {
    title,
    breadcrumb: [...letterBreadcrumb({ id: connector, publisher: letter.publisher }), { title: "Lettre", href: path }],
    menuPath: "/connecteurs",
    status: again.status ?? 200,
    content: (
      <div class="moisson-narrow">
        <h1>{title}</h1>
        {again.failure !== undefined && <Alert kind="error" isAnnounced text={again.failure} />}
        <Problems problems={again.problems} />
        {isUncertain && (
          <p>{french`On ne sait pas si l'envoi d'avant est arrivé : demandez-le au destinataire avant d'envoyer à nouveau.`}</p>
        )}
        {sentAt !== null && !isUncertain && (
          <p>{french`Cette lettre a été envoyée le ${frenchDay(parisDay(sentAt))}. Voici de quoi la rappeler.`}</p>
        )}
        {same !== null && <NothingChanged same={same} />}
        <SendForm visit={visit} made={made} path={path} words={mailOf(made, signatureOf(visit), link)} {...again} />
      </div>
    ),
  };
}

function NothingChanged({ same }: { readonly same: MadeLetter }) {
  return (
    <Alert kind="info">
      <p>
        {french`Rien n'a changé depuis la lettre du ${frenchDay(parisDay(same.sentAt ?? same.at))}. `}
        <a href={letterPath(same)}>Voir cette lettre, et en envoyer un rappel</a>
      </p>
    </Alert>
  );
}

/** Sends a letter or a reminder. */
const send = letterAct("envoyer", { who: "bizdev", act: "letter.send" }, async (visit, made, form) => {
  const token = await currentToken(visit, made, form.text(tokenField));
  const { typed, to } = await readMail(visit, form, made);
  const seen = form.text(sentField) === sentStamp(made) ? made.sentAt : new Date(0);
  const again = { typed, token, problems: {} };
  const sent = await sendLetter(visit.catalogue, made, { to, subject: typed.subject, text: typed.text, token, seen }, senderOf(visit));
  if ("problems" in sent) return sendForm(visit, made, { ...again, problems: problemsOfForm(sent.problems), status: 422 });
  if (!("refused" in sent))
    return backToLetter(made, sent.isUncertain ? uncertainSending : sentMessage(sent.reached.length, sent.rejected), sent.details);
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

const byHand = letterAct("envoyee", { who: "bizdev", act: "letter.sent-by-hand" }, async (visit, made) => {
  const noted = await recordSentByHand(visit.catalogue, made, senderOf(visit));
  if (noted !== null && "refused" in noted) throw new CannotDo(actRefusalMessage(noted.refused), 409);
  return backToLetter(made, "C’est noté : cette lettre est envoyée.", noted);
});

const arrived = letterAct("arrivee", { who: "bizdev", act: "letter.arrived" }, async (visit, made) => {
  return backToLetter(made, "C’est noté : la lettre est arrivée.", await recordArrival(visit.catalogue, made, senderOf(visit)));
});

export const sendActs: readonly ActRoute[] = [send, byHand, arrived];
