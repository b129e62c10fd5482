import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { ActForm, Checkboxes, SubmitButton, TextArea, TextField } from "../../parts/form.tsx";
import type { Form } from "../../route.ts";
import { publicAddress, type Visit, visitorOf } from "../../visit.ts";
import type { AnyLetter } from "./find-letter.tsx";
import { addresseesOf, isMailAddress, linkPlaceholder } from "./letter-mail.ts";

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
  const people = await addresseesOf(visit, made.connector);
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

const maxSubjectLength = 200;
const maxTextLength = 8000;
const maxRecipients = 10;

/** A valid mail, or the problems of the form. `to`: distinct addresses. */
type ReadMail =
  | { readonly typed: TypedMail; readonly to: readonly string[] }
  | { readonly typed: TypedMail; readonly problems: Readonly<Record<string, string>> };

/** Reads the form that sends a letter. `token`: the letter's token if its address stays the same. */
export async function readMail(visit: Visit, form: Form, { connector }: AnyLetter, token: string | null): Promise<ReadMail> {
  const typed = {
    to: form.all("contacts"),
    other: form.text("autre"),
    subject: form.text("objet"),
    text: form.text("message").replace(/\r\n/g, "\n"),
  };
  const people = (await addresseesOf(visit, connector)).filter(({ contactId }) => typed.to.includes(contactId));
  const to = [...new Set([...people.map(({ email }) => email), ...(typed.other === "" ? [] : [typed.other])])];
  const link = token === null ? linkPlaceholder : publicAddress(visit, `/lettre/${token}`);
  const problems = { ...problemsOfRecipients(to, typed.other), ...problemsOfWords(typed, link) };
  return Object.keys(problems).length > 0 ? { typed, problems } : { typed, to };
}

function problemsOfRecipients(to: readonly string[], other: string): Record<string, string> {
  if (other !== "" && !isMailAddress(other)) return { autre: "Donnez une seule adresse électronique, sans nom : nom@exemple.fr." };
  if (to.length === 0) return { autre: "Choisissez un contact, ou donnez une adresse." };
  return to.length > maxRecipients ? { contacts: french`Choisissez ${maxRecipients} destinataires au plus.` } : {};
}

function problemsOfWords({ subject, text }: TypedMail, link: string): Record<string, string> {
  const problems: Record<string, string> = {};
  if (subject === "") problems.objet = "Donnez un objet.";
  else if (/\p{Cc}/u.test(subject)) problems.objet = "L’objet tient sur une ligne.";
  else if (subject.length > maxSubjectLength) problems.objet = french`L'objet a ${maxSubjectLength} caractères au plus.`;
  if (text.length > maxTextLength) problems.message = french`Le message a ${maxTextLength} caractères au plus.`;
  else if (!text.includes(link)) problems.message = french`Le message doit contenir l'adresse de la lettre : « ${link} ».`;
  return problems;
}
