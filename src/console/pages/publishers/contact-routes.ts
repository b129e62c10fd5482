import type { Contact } from "../../../catalogue/publishers/contact-repository.ts";
import { actRoute, NotFound, pageRoute } from "../../route.ts";
import { param, type Visit, visitorOf } from "../../visit.ts";
import { contactPage, readContact, typedContact } from "./contact-form.tsx";
import { publisherAt, subjectOf } from "./publisher-at.ts";

const newPath = "/producteurs/:producteur/contacts/nouveau";
const path = "/producteurs/:producteur/contacts/:contact";

const newForm = pageRoute(newPath, "bizdev", async (visit) => {
  return contactPage(visit, { publisher: await publisherAt(visit), contact: null, typed: typedContact(null) });
});

const add = actRoute(newPath, { who: "bizdev", act: "publisher.add-contact" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const { typed, facts, problems } = readContact(form);
  if (facts === null) return contactPage(visit, { publisher, contact: null, typed, problems });
  const { publisherId, name } = publisher;
  const to = `/producteurs/${publisherId}#contacts`;
  const isNew = await visit.catalogue.contacts.addOnce(publisherId, facts, { by: visitorOf(visit).name, now: visit.now });
  if (!isNew) return { to };
  return { message: "Le contact est ajouté.", to, subject: subjectOf(publisher), details: { name } };
});

const editForm = pageRoute(path, "bizdev", async (visit) => {
  const contact = await contactAt(visit);
  return contactPage(visit, { publisher: await publisherAt(visit), contact, typed: typedContact(contact) });
});

const save = actRoute(path, { who: "bizdev", act: "publisher.edit-contact" }, async (visit, form) => {
  const publisher = await publisherAt(visit);
  const contact = await contactAt(visit);
  const { typed, facts, problems } = readContact(form);
  if (form.text("lu") !== contact.at.toISOString()) return contactPage(visit, { publisher, contact, typed, isConflict: true });
  if (facts === null) return contactPage(visit, { publisher, contact, typed, problems });
  const by = { by: visitorOf(visit).name, now: visit.now };
  if (!(await visit.catalogue.contacts.save(contact, facts, by)))
    return contactPage(visit, { publisher, contact: await contactAt(visit), typed, isConflict: true });
  return {
    message: "C’est enregistré.",
    to: `/producteurs/${publisher.publisherId}#contacts`,
    subject: subjectOf(publisher),
    details: { name: publisher.name },
  };
});

const remove = actRoute(`${path}/retirer`, { who: "bizdev", act: "publisher.remove-contact" }, async (visit) => {
  const publisher = await publisherAt(visit);
  const contact = await contactAt(visit);
  await visit.catalogue.contacts.remove(publisher.publisherId, contact.contactId);
  return {
    message: "Le contact est retiré.",
    to: `/producteurs/${publisher.publisherId}#contacts`,
    subject: subjectOf(publisher),
    details: { name: publisher.name },
  };
});

/** Finds the contact of the path. Throws `NotFound`. */
async function contactAt(visit: Visit): Promise<Contact> {
  const { publisherId } = await publisherAt(visit);
  const found = (await visit.catalogue.contacts.list(publisherId)).find(({ contactId }) => contactId === param(visit, "contact"));
  if (found === undefined) throw new NotFound("Ce contact n’existe pas, ou il a été retiré.");
  return found;
}

export const contactRoutes = [newForm, add, editForm, save, remove] as const;
