import type { Contact, ContactFacts } from "../../../catalogue/publishers/contact-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { isMailAddress } from "../../../partners/correspondence/letter-mail.ts";
import { FormFields, type FormProblems, formStatus, Invalid, readFields, type Typed } from "../../forms/form.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm, Checkboxes, SubmitButton } from "../../parts/form-controls.tsx";
import type { Form, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { breadcrumbOf } from "./publisher-at.ts";

const fields = {
  nom: { label: "Nom", hint: "D’une personne ou d’un service.", maxLength: 200, required: "Dites qui c’est : un nom, ou un service." },
  fonction: { label: "Fonction", maxLength: 200 },
  adresse: { label: "Adresse électronique", type: "email", maxLength: 254, read: readAddress },
  telephone: { label: "Téléphone", maxLength: 40 },
  note: { label: "Note", rows: 3, maxLength: 1000 },
} as const;

function readAddress(text: string): string | Invalid {
  return text === "" || isMailAddress(text) ? text : new Invalid("Une adresse électronique s’écrit nom@exemple.fr.");
}

/** Typed values of the form. `lettres`: "oui" or "". */
export type TypedContact = Typed<typeof fields> & { readonly lettres: string };

/** Reads the form of a contact; `facts` is null if there is a problem. */
export function readContact(form: Form): { typed: TypedContact; facts: ContactFacts | null; problems: FormProblems } {
  const lettres = form.has("lettres") ? "oui" : "";
  const { typed, values, problems } = readFields(fields, form, ({ adresse }): FormProblems => {
    return lettres !== "" && adresse === "" ? { adresse: "Il faut une adresse pour recevoir les lettres." } : {};
  });
  if (values === null) return { typed: { ...typed, lettres }, facts: null, problems };
  const { nom: name, fonction, adresse, telephone, note } = values;
  const facts = { name, role: fonction || null, email: adresse || null, phone: telephone || null, note: note || null };
  return { typed: { ...typed, lettres }, facts: { ...facts, getsLetters: lettres !== "" }, problems };
}

/** Converts a contact, or null for a new one, to values of the form. */
export function typedContact(contact: Contact | null): TypedContact {
  return {
    nom: contact?.name ?? "",
    fonction: contact?.role ?? "",
    adresse: contact?.email ?? "",
    telephone: contact?.phone ?? "",
    note: contact?.note ?? "",
    lettres: contact?.getsLetters === true ? "oui" : "",
  };
}

/** Returns the page with the form of a contact. `contact`: null for a new one; `isConflict`: somebody saved the contact meanwhile. */
export function contactPage(
  visit: Visit,
  given: {
    readonly publisher: StoredPublisher;
    readonly contact: Contact | null;
    readonly typed: TypedContact;
    readonly problems?: FormProblems;
    readonly isConflict?: boolean;
  },
): Page {
  const { publisher, contact, typed, problems = {}, isConflict = false } = given;
  const path = `/producteurs/${publisher.publisherId}/contacts`;
  const title = contact === null ? "Ajouter un contact" : "Modifier le contact";
  return {
    title,
    breadcrumb: breadcrumbOf(publisher),
    status: formStatus(problems, isConflict),
    content: (
      <>
        <h1>{title}</h1>
        {isConflict && contact !== null && <Conflict contact={contact} />}
        <Problems problems={problems} />
        <p>Gardé ici seulement : dans aucun export, aucune lettre, aucune page publique. Retirez-le quand il n’est plus utile.</p>
        <ActForm action={contact === null ? `${path}/nouveau` : `${path}/${contact.contactId}`} csrf={visit.csrf} class="moisson-narrow">
          {contact !== null && <input type="hidden" name="lu" value={contact.at.toISOString()} />}
          <FormFields fields={fields} typed={typed} problems={problems} />
          <Checkboxes
            name="lettres"
            label="Lettres"
            choices={[{ value: "oui", label: "Reçoit les lettres sur la qualité des données" }]}
            values={typed.lettres === "" ? [] : ["oui"]}
          />
          <SubmitButton label="Enregistrer" />{" "}
          <a class="fr-btn fr-btn--secondary" href={`/producteurs/${publisher.publisherId}#contacts`}>
            Annuler
          </a>
        </ActForm>
      </>
    ),
  };
}

function Conflict({ contact }: { readonly contact: Contact }) {
  const { nom, fonction, adresse, telephone, note } = typedContact(contact);
  const stored = [nom, fonction, adresse, telephone, note].filter((text) => text !== "").join(", ");
  return (
    <Alert kind="warning" title={french`${contact.by} a enregistré ce contact entre-temps`} level={2} isAnnounced>
      <p>{french`Tel qu'enregistré : ${stored}. Relisez, puis enregistrez à nouveau pour garder ce que vous avez saisi.`}</p>
    </Alert>
  );
}
