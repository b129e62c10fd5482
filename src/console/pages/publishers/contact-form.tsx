import type { Child } from "hono/jsx";
import type { Contact, ContactFacts } from "../../../catalogue/publishers/contact-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { counted, french } from "../../../french/typography.ts";
import { isMailAddress } from "../../../partners/correspondence/letter-mail.ts";
import { FormFields, type FormProblems, formStatus, Invalid, readFields, type Typed } from "../../forms/form.tsx";
import { Alert, Problems } from "../../parts/alert.tsx";
import { Badge } from "../../parts/badge.tsx";
import { ActButton, ActForm, Checkboxes, SubmitButton } from "../../parts/form-controls.tsx";
import { ButtonLink } from "../../parts/link.tsx";
import { Table } from "../../parts/table.tsx";
import { type Form, NotFound, type Page, pageRoute } from "../../route.ts";
import { actorOf, param, type Visit } from "../../visit.ts";
import { breadcrumbOf, type PublisherAct, type PublisherView, publisherAct, publisherAt } from "./publisher-at.ts";

/** Contacts of a publisher. Only for visitors who may see people. */
export async function PublisherContacts({ visit, publisher }: PublisherView): Promise<Child> {
  const contacts = await visit.catalogue.contacts.list(publisher.publisherId);
  const path = `/producteurs/${publisher.publisherId}/contacts`;
  return (
    <section class="fr-mb-4w" id="contacts">
      <h2>Contacts</h2>
      {contacts.length === 0 ? (
        <p>Aucun contact n’est noté.</p>
      ) : (
        <Table caption={counted(contacts.length, "contact")} isCaptionHidden head={["Qui", "Joindre", "Note", "Changer"]}>
          {contacts.map((contact) => (
            <tr>
              <td>
                {contact.name}
                {contact.role !== null && <div class="moisson-mention">{contact.role}</div>}
                {contact.getsLetters && (
                  <div>
                    <Badge tone="info" label="reçoit les lettres" />
                  </div>
                )}
              </td>
              <td>
                <Reach contact={contact} />
              </td>
              <td>{contact.note}</td>
              <td class="moisson-no-print">
                <a class="fr-link" href={`${path}/${contact.contactId}`}>
                  Modifier<span class="fr-sr-only"> {contact.name}</span>
                </a>{" "}
                <ActButton
                  action={`${path}/${contact.contactId}/retirer`}
                  csrf={visit.csrf}
                  label="Retirer"
                  about={contact.name}
                  kind="tertiary"
                />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <p class="moisson-no-print">
        <ButtonLink kind="secondary" size="sm" href={`${path}/nouveau`} label="Ajouter un contact" />
      </p>
    </section>
  );
}

function Reach({ contact: { email, phone } }: { readonly contact: Contact }): Child {
  return (
    <>
      {email !== null && (
        <div>
          <a href={`mailto:${email}`}>{email}</a>
        </div>
      )}
      {phone !== null && <div class="moisson-unbroken">{phone}</div>}
    </>
  );
}

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
type TypedContact = Typed<typeof fields> & { readonly lettres: string };

/** Reads the form of a contact; `facts` is null if there is a problem. */
function readContact(form: Form): { typed: TypedContact; facts: ContactFacts | null; problems: FormProblems } {
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
function typedContact(contact: Contact | null): TypedContact {
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
function contactPage(
  visit: Visit,
  publisher: StoredPublisher,
  contact: Contact | null,
  typed: TypedContact,
  { problems = {}, isConflict = false }: { readonly problems?: FormProblems; readonly isConflict?: boolean } = {},
): Page {
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
          <ButtonLink kind="secondary" href={`/producteurs/${publisher.publisherId}#contacts`} label="Annuler" />
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

const newForm = pageRoute("/producteurs/:producteur/contacts/nouveau", "bizdev", async (visit) => {
  return contactPage(visit, await publisherAt(visit), null, typedContact(null));
});

const editForm = pageRoute("/producteurs/:producteur/contacts/:contact", "bizdev", async (visit) => {
  const publisher = await publisherAt(visit);
  const contact = await contactAt(visit, publisher);
  return contactPage(visit, publisher, contact, typedContact(contact));
});

export const contactForms = [newForm, editForm] as const;

const add = publisherAct("contacts/nouveau", "publisher.add-contact", async (visit, publisher, form) => {
  const { typed, facts, problems } = readContact(form);
  if (facts === null) return contactPage(visit, publisher, null, typed, { problems });
  const isNew = await visit.catalogue.contacts.addOnce(publisher.publisherId, facts, actorOf(visit));
  return { at: "#contacts", ...(isNew && { message: "Le contact est ajouté." }) };
});

const save = publisherAct("contacts/:contact", "publisher.edit-contact", async (visit, publisher, form) => {
  const contact = await contactAt(visit, publisher);
  const { typed, facts, problems } = readContact(form);
  if (form.text("lu") !== contact.at.toISOString()) return contactPage(visit, publisher, contact, typed, { isConflict: true });
  if (facts === null) return contactPage(visit, publisher, contact, typed, { problems });
  if (await visit.catalogue.contacts.save(contact, facts, actorOf(visit))) return { message: "C’est enregistré.", at: "#contacts" };
  return contactPage(visit, publisher, await contactAt(visit, publisher), typed, { isConflict: true });
});

const remove = publisherAct("contacts/:contact/retirer", "publisher.remove-contact", async (visit, publisher) => {
  const { contactId } = await contactAt(visit, publisher);
  await visit.catalogue.contacts.remove(publisher.publisherId, contactId);
  return { message: "Le contact est retiré.", at: "#contacts" };
});

/** Finds the contact of the path. Throws `NotFound`. */
async function contactAt(visit: Visit, { publisherId }: StoredPublisher): Promise<Contact> {
  const found = (await visit.catalogue.contacts.list(publisherId)).find(({ contactId }) => contactId === param(visit, "contact"));
  if (found === undefined) throw new NotFound("Ce contact n’existe pas, ou il a été retiré.");
  return found;
}

export const contactActs: readonly PublisherAct[] = [add, save, remove];
