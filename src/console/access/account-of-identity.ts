import { randomUUID } from "node:crypto";
import type { Person } from "../../catalogue/accounts/people-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Identity } from "./identity.ts";

/** Why somebody whom the provider knows is not let in: their account is closed; the address is not certain; it is somebody else's account. */
export type NotLetIn = "closed" | "no-address" | "taken";

/** The account of somebody; `how`: they had it, an admin had made it for their address, or it is new and may do nothing yet. */
export type AccountFound = { readonly person: Person; readonly how: "known" | "linked" | "new" } | { readonly refused: NotLetIn };

/**
 * The account of who signed in elsewhere. Who they are is `subject`, not the address, which may pass to somebody else. The address counts once, and only where it
 * is certain: it links an account that was made before, or it is that of a new one, so that nobody waits under somebody else's address for a role.
 */
export async function accountOfIdentity({ people }: Pick<Catalogue, "people">, identity: Identity, now: Date): Promise<AccountFound> {
  const { subject, email, name } = identity;
  const known = await people.findBySubject(subject);
  if (known !== null) return known.closedAt === null ? { person: known, how: "known" } : { refused: "closed" };
  if (email === null) return { refused: "no-address" };
  const personId = randomUUID();
  if (await people.add({ personId, email, name, role: null, subject, by: "première connexion", now })) {
    const person = await people.find(personId);
    if (person !== null) return { person, how: "new" };
  }
  const sameAddress = await people.findByEmail(email);
  if (sameAddress === null || sameAddress.isElsewhere) return { refused: "taken" };
  if (sameAddress.closedAt !== null || !(await people.setSubject(sameAddress.personId, subject))) return { refused: "closed" };
  return { person: { ...sameAddress, isElsewhere: true }, how: "linked" };
}
