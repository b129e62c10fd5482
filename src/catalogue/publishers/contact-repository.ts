import { randomUUID } from "node:crypto";
import { getTableColumns, sql } from "drizzle-orm";
import { publisherContacts } from "../schema/partner-tables.ts";
import type { RowOf, Store } from "../store.ts";

const { id, publisher, ...others } = getTableColumns(publisherContacts);
const columns = { contactId: id, publisherId: publisher, ...others };

/** A contact at a publisher. */
export type Contact = RowOf<typeof columns>;

/** The editable facts of a contact. */
export type ContactFacts = Pick<Contact, "name" | "role" | "email" | "phone" | "note" | "getsLetters">;

/** Contacts at publishers. Personal data: visible to bizdev and above, never exported or logged. */
export class ContactRepository {
  constructor(private readonly store: Store) {}

  /** Lists contacts: recipients of letters first, then by name. */
  async list(publisherId: string): Promise<Contact[]> {
    return this.store.select(
      columns,
      sql`from publisher_contacts where publisher = ${publisherId}::uuid order by gets_letters desc, lower(name), id`,
    );
  }

  async add(publisherId: string, facts: ContactFacts, { by, now }: { readonly by: string; readonly now: Date }): Promise<string> {
    const contactId = randomUUID();
    await this.store.rows(sql`
      insert into publisher_contacts (id, publisher, name, role, email, phone, note, gets_letters, by, at)
      values (${contactId}::uuid, ${publisherId}::uuid, ${facts.name}, ${facts.role}, ${facts.email}, ${facts.phone}, ${facts.note}, ${facts.getsLetters}, ${by}, ${now.toISOString()}::timestamptz)`);
    return contactId;
  }

  /**
   * Adds a contact, unless an identical one exists.
   * @returns false if it exists, so that a form sent twice adds one
   */
  async addOnce(publisherId: string, facts: ContactFacts, by: { readonly by: string; readonly now: Date }): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      await transaction.lock(`contacts of ${publisherId}`);
      const contacts = new ContactRepository(transaction);
      if ((await contacts.list(publisherId)).some((one) => hasFacts(one, facts))) return false;
      await contacts.add(publisherId, facts, by);
      return true;
    });
  }

  /**
   * Saves new values of a contact, if nobody changed it since it was read. `at`: its last change, as read.
   * @returns false if somebody saved it meanwhile, or it no longer exists
   */
  async save(
    { publisherId, contactId, at }: Pick<Contact, "publisherId" | "contactId" | "at">,
    facts: ContactFacts,
    { by, now }: { readonly by: string; readonly now: Date },
  ): Promise<boolean> {
    return this.store.any(sql`
      update publisher_contacts set name = ${facts.name}, role = ${facts.role}, email = ${facts.email}, phone = ${facts.phone}, note = ${facts.note},
        gets_letters = ${facts.getsLetters}, by = ${by}, at = ${now.toISOString()}::timestamptz
      where id = ${contactId}::uuid and publisher = ${publisherId}::uuid and publisher_contacts.at = ${at.toISOString()}::timestamptz returning 1`);
  }

  async remove(publisherId: string, contactId: string): Promise<boolean> {
    return this.store.any(sql`
      delete from publisher_contacts where id = ${contactId}::uuid and publisher = ${publisherId}::uuid returning 1`);
  }
}

function hasFacts(contact: Contact, facts: ContactFacts): boolean {
  return (Object.keys(facts) as (keyof ContactFacts)[]).every((name) => contact[name] === facts[name]);
}
