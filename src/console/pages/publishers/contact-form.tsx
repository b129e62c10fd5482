import type { Contact, ContactFacts } from "../../../catalogue/publishers/contact-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { french } from "../../../french/typography.ts";
import { Alert, Problems } from "../../parts/alert.tsx";
import { ActForm, Checkboxes, TextArea, TextField } from "../../parts/form.tsx";
import type { Form, Page } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { isMailAddress } from "../letters/letter-mail.ts";
import { breadcrumbOf } from "./publisher-at.ts";

/** A contact as it is written in the form. */
export type WrittenContact = Readonly<Record<"nom" | "fonction" | "adresse" | "telephone" | "note" | "lettres", string>>;

/** What was written in the form. */
export function readContact(form: Form): WrittenContact {
  const text = (name: string, most: number) => form.text(name).slice(0, most);
  return {
    nom: text("nom", 200),
    fonction: text("fonction", 200),
    // One more than an address may have: what is too long is said, not cut.
    adresse: text("adresse", 255),
    telephone: text("telephone", 40),
    note: text("note", 1000),
    lettres: form.has("lettres") ? "oui" : "",
  };
}

/** A contact as the form shows it; null: one that is to be. */
export function writtenContact(contact: Contact | null): WrittenContact {
  return {
    nom: contact?.name ?? "",
    fonction: contact?.role ?? "",
    adresse: contact?.email ?? "",
    telephone: contact?.phone ?? "",
    note: contact?.note ?? "",
    lettres: contact?.getsLetters === true ? "oui" : "",
  };
}

/** What was meant; or what is wrong, by field. */
export function contactFacts(written: WrittenContact): { facts: ContactFacts | null; problems: Record<string, string> } {
  const { nom, fonction, adresse, telephone, note, lettres } = written;
  const problems: Record<string, string> = {
    ...(nom === "" && { nom: "Dites qui c’est : un nom, ou un service." }),
    ...(adresse !== "" && !isMailAddress(adresse) && { adresse: "Une adresse électronique s’écrit nom@exemple.fr." }),
    ...(adresse === "" && lettres !== "" && { adresse: "Il faut une adresse pour recevoir les lettres." }),
  };
  if (Object.keys(problems).length > 0) return { facts: null, problems };
  const facts = { name: nom, role: fonction || null, email: adresse || null, phone: telephone || null, note: note || null };
  return { facts: { ...facts, getsLetters: lettres !== "" }, problems };
}

/** The form of a contact. `contact`: null, where it is to be; `moved`: somebody has saved it since the form was opened. */
export function contactPage(
  visit: Visit,
  given: {
    readonly publisher: StoredPublisher;
    readonly contact: Contact | null;
    readonly written: WrittenContact;
    readonly problems?: Readonly<Record<string, string>>;
    readonly moved?: boolean;
  },
): Page {
  const { publisher, contact, written, problems = {}, moved = false } = given;
  const path = `/producteurs/${publisher.publisherId}/contacts`;
  const title = contact === null ? "Ajouter un contact" : "Modifier le contact";
  return {
    title,
    breadcrumb: breadcrumbOf(publisher),
    status: moved ? 409 : Object.keys(problems).length > 0 ? 422 : 200,
    content: (
      <>
        <h1>{title}</h1>
        {moved && contact !== null && <Moved contact={contact} />}
        <Problems problems={problems} />
        <p>Gardé ici seulement : dans aucun export, aucune lettre, aucune page publique. Retirez-le quand il n’est plus utile.</p>
        <ActForm action={contact === null ? `${path}/nouveau` : `${path}/${contact.contactId}`} csrf={visit.csrf} class="moisson-narrow">
          {contact !== null && <input type="hidden" name="lu" value={contact.at.toISOString()} />}
          <TextField
            name="nom"
            label="Nom"
            hint="D’une personne ou d’un service."
            value={written.nom}
            problem={problems.nom}
            maxlength={200}
            required
          />
          <TextField name="fonction" label="Fonction" value={written.fonction} maxlength={200} required={false} />
          <TextField
            name="adresse"
            label="Adresse électronique"
            type="email"
            value={written.adresse}
            problem={problems.adresse}
            required={false}
          />
          <TextField name="telephone" label="Téléphone" value={written.telephone} maxlength={40} required={false} />
          <TextArea name="note" label="Note" value={written.note} rows={3} maxlength={1000} required={false} />
          <Checkboxes
            name="lettres"
            label="Lettres"
            choices={[{ value: "oui", label: "Reçoit les lettres sur la qualité des données" }]}
            values={written.lettres === "" ? [] : ["oui"]}
          />
          <button class="fr-btn" type="submit">
            Enregistrer
          </button>{" "}
          <a class="fr-btn fr-btn--secondary" href={`/producteurs/${publisher.publisherId}#contacts`}>
            Annuler
          </a>
        </ActForm>
      </>
    ),
  };
}

function Moved({ contact }: { readonly contact: Contact }) {
  const { nom, fonction, adresse, telephone, note } = writtenContact(contact);
  const stored = [nom, fonction, adresse, telephone, note].filter((text) => text !== "").join(", ");
  return (
    <Alert kind="warning" title={french`${contact.by} a enregistré ce contact entre-temps`} level={2} isAnnounced>
      <p>{french`Tel qu'enregistré : ${stored}. Relisez, puis enregistrez à nouveau pour garder ce que vous avez saisi.`}</p>
    </Alert>
  );
}
