import { randomUUID } from "node:crypto";
import type { Person } from "../../catalogue/accounts/people-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { OidcSettings } from "../settings.ts";

/** Somebody as the provider of identities knows them. */
export interface Identity {
  /** Issuer and `sub`: who it is, for ever. */
  readonly subject: string;
  /** Lower case; null where none is told, or it is not known to be theirs. */
  readonly email: string | null;
  readonly name: string;
}

/** What the provider says of somebody: claims of the ID token and of the userinfo endpoint. `acr` and `amr` are not looked at. */
export function identityOf({ issuer, trustsEmails }: OidcSettings, claims: Readonly<Record<string, unknown>>): Identity {
  const address = textOf(claims.email).toLowerCase();
  const isTheirs = claims.email_verified === true || (trustsEmails && claims.email_verified !== false);
  const email = isTheirs && /^[^\s@]+@[^\s@]+$/.test(address) ? address : null;
  const familyName = textOf(claims.usual_name) || textOf(claims.family_name);
  const name = [textOf(claims.given_name), familyName].filter((part) => part !== "").join(" ") || textOf(claims.name);
  return { subject: `${issuer} ${String(claims.sub)}`, email, name: name || address || "sans nom" };
}

/** One line, without signs that cannot be seen. */
function textOf(claim: unknown): string {
  if (typeof claim !== "string") return "";
  return claim
    .replace(/\p{Cc}|\p{Cf}/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);
}

/** Why somebody whom the provider knows is not let in: their account is closed; the address is not certain; it is somebody else's account. */
export type NotLetIn = "closed" | "no-address" | "taken";

/** The account of somebody; `how`: they had it, an admin had made it for their address, or it is new and may do nothing yet. */
type AccountFound = { readonly person: Person; readonly how: "known" | "linked" | "new" } | { readonly refused: NotLetIn };

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
