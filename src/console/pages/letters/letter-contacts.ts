import type { Visit } from "../../visit.ts";
import { isMailAddress } from "./mail-of-console.ts";

/** Somebody at the publisher's whom a letter can be sent to. */
export interface Addressee {
  readonly contactId: string;
  readonly name: string;
  readonly email: string;
}

/** Contacts of a connector's publisher that get letters and have an address to which a mail can go: of somebody who was forgotten nothing is left of it. */
export async function addresseesOf({ catalogue }: Visit, connector: string): Promise<readonly Addressee[]> {
  const publisher = await catalogue.publishers.ofConnector(connector);
  const contacts = publisher === null ? [] : await catalogue.contacts.of(publisher.publisherId);
  return contacts.flatMap(({ contactId, name, email, getsLetters }) =>
    getsLetters && email !== null && isMailAddress(email) ? [{ contactId, name, email }] : [],
  );
}
