import type { Child } from "hono/jsx";
import { actRefusalMessage } from "../../../french/act-refusals.ts";
import { french } from "../../../french/typography.ts";
import type { ActRefusal, ActRefusalCode } from "../../../model/act-refusal.ts";
import { addresseesOf, isMailAddress, linkPlaceholder } from "../../../partners/correspondence/letter-mail.ts";
import { maxSubjectLength, maxTextLength } from "../../../partners/correspondence/send-letter.ts";
import type { AnyLetter } from "../../../partners/correspondence/stored-letter.ts";
import { ActForm, Checkboxes, SubmitButton, TextArea, TextField } from "../../parts/form-controls.tsx";
import type { Form } from "../../route.ts";
import { type Visit, visitorOf } from "../../visit.ts";

/** Values typed into the form that sends a letter. `to`: contact ids. */
export interface TypedMail {
  readonly to: readonly string[];
  readonly other: string;
  readonly subject: string;
  readonly text: string;
}

/** The form that sends a letter. `token`: token of its address; null if the mail will create a new address. */
export async function SendForm(given: {
  readonly visit: Visit;
  readonly made: AnyLetter;
  readonly path: string;
  readonly token: string | null;
  readonly typed: TypedMail | null;
  readonly words: Pick<TypedMail, "subject" | "text">;
  readonly problems: Readonly<Record<string, string>>;
}): Promise<Child> {
  const { visit, made, path, token, typed, words, problems } = given;
  const people = await addresseesOf(visit.catalogue, made.connector);
  const { email } = visitorOf(visit);
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
        name="autre"
        label={people.length === 0 ? "Adresse électronique du destinataire" : "Une autre adresse"}
        type="text"
        value={typed?.other}
        problem={problems.autre}
        required={people.length === 0}
      />
      <TextField
        name="objet"
        label="Objet"
        value={typed?.subject ?? words.subject}
        problem={problems.objet}
        maxlength={maxSubjectLength}
        required
      />
      <TextArea
        name="message"
        label="Message"
        hint={
          token === null
            ? french`« ${linkPlaceholder} » y sera remplacé par une nouvelle adresse de la lettre. Celle d'avant ne mènera plus à rien.`
            : french`Il doit contenir l'adresse de la lettre.`
        }
        value={typed?.text ?? words.text}
        rows={18}
        maxlength={maxTextLength}
        problem={problems.message}
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
export const sentField = "envoyee";

/** Returns the time of the last send attempt as a form value, or "". */
export function sentStamp({ sentAt }: Pick<AnyLetter, "sentAt">): string {
  return sentAt?.toISOString() ?? "";
}

/** Reads the form that sends a letter. `to`: distinct addresses. */
export async function readMail(
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
export function problemsOfForm(problems: readonly ActRefusal[]): Readonly<Record<string, string>> {
  return Object.fromEntries(problems.map((problem) => [fieldOfProblem[problem.code] ?? "message", actRefusalMessage(problem)]));
}
