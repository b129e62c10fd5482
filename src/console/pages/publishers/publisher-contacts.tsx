import type { Child } from "hono/jsx";
import type { Contact } from "../../../catalogue/publishers/contact-repository.ts";
import type { StoredPublisher } from "../../../catalogue/publishers/publisher-repository.ts";
import { counted } from "../../../french/typography.ts";
import { Badge } from "../../parts/badge.tsx";
import { ActButton } from "../../parts/form-controls.tsx";
import { Table } from "../../parts/table.tsx";
import type { Visit } from "../../visit.ts";

/** Contacts of a publisher. Only for visitors who may see people. */
export async function PublisherContacts(given: { readonly visit: Visit; readonly publisher: StoredPublisher }): Promise<Child> {
  const { visit, publisher } = given;
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
        <a class="fr-btn fr-btn--secondary fr-btn--sm" href={`${path}/nouveau`}>
          Ajouter un contact
        </a>
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
