import type { Child } from "hono/jsx";
import { french } from "../../../french/typography.ts";
import { ActForm, Checkboxes, TextArea, TextField } from "../../parts/form.tsx";
import type { Visit } from "../../visit.ts";
import { visitorOf } from "../../visit.ts";
import type { MadeLetter } from "./letter-at.ts";
import { addresseesOf } from "./letter-contacts.ts";
import { isMailAddress } from "./mail-of-console.ts";
import { linkPlace } from "./mail-words.ts";
import { sentField, sentStamp } from "./sent-stamp.ts";

/** What was typed into the form that sends a letter. `to`: ids of contacts. */
export interface TypedMail {
  readonly to: readonly string[];
  readonly other: string;
  readonly subject: string;
  readonly text: string;
}

/** The form that sends a letter. `token`: of its address, where that is known and stays; else the mail gives it another one. */
export async function SendForm(given: {
  readonly visit: Visit;
  readonly made: MadeLetter;
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
      <TextField name="objet" label="Objet" value={typed?.subject ?? words.subject} problem={problems.objet} maxlength={200} required />
      <TextArea
        name="message"
        label="Message"
        hint={
          token === null
            ? french`« ${linkPlace} » y sera remplacé par une nouvelle adresse de la lettre. Celle d'avant ne mènera plus à rien.`
            : french`Il doit contenir l'adresse de la lettre.`
        }
        value={typed?.text ?? words.text}
        rows={18}
        maxlength={8000}
        problem={problems.message}
        required
      />
      <p>
        {isMailAddress(email)
          ? french`Le message part au nom du service ; les réponses vont à votre adresse, ${email}.`
          : french`Le message part au nom du service. Votre compte n'a pas d'adresse à laquelle répondre : donnez-en une dans le message.`}
      </p>
      <button class="fr-btn" type="submit">
        Envoyer
      </button>
    </ActForm>
  );
}
