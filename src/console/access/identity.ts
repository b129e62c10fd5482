import { randomUUID } from "node:crypto";
import type { Person } from "../../catalogue/accounts/people-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { OidcSettings } from "../console-settings.ts";

/** A person as the identity provider describes them. */
export interface Identity {
  /** Issuer and `sub`. Identifies the person for ever. */
  readonly subject: string;
  /** Lower case; null if missing or not verified. */
  readonly email: string | null;
  readonly name: string;
}

/** Reads the claims of the ID token and of the userinfo endpoint. */
export function identityOf({ issuer, trustsEmails }: OidcSettings, claims: Readonly<Record<string, unknown>>): Identity {
  const address = textOf(claims.email).toLowerCase();
  const isVerified = claims.email_verified === true || (trustsEmails && claims.email_verified !== false);
  const email = isVerified && /^[^\s@]+@[^\s@]+$/.test(address) ? address : null;
  const familyName = textOf(claims.usual_name) || textOf(claims.family_name);
  const name = [textOf(claims.given_name), familyName].filter((part) => part !== "").join(" ") || textOf(claims.name);
  return { subject: `${issuer} ${String(claims.sub)}`, email, name: name || address || "sans nom" };
}

/** Returns one line without invisible characters. */
function textOf(claim: unknown): string {
  if (typeof claim !== "string") return "";
  return claim
    .replace(/\p{Cc}|\p{Cf}/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);
}

/** Why a person cannot sign in: the account is closed, the address is not verified, or another account has this address. */
export type SignInRefusal = "closed" | "no-address" | "taken";

/** The account of a person. `known`: signed in before; `linked`: an admin had created it for the address; `new`: without a role. */
type AccountFound = { readonly person: Person; readonly how: "known" | "linked" | "new" } | { readonly refused: SignInRefusal };

/**
 * Returns the account of a person who signed in externally. It is found by `subject`, because an address can pass to somebody else.
 * A verified address is used only once, to link an existing account or to create a new one.
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
  if (sameAddress === null || sameAddress.usesSingleSignOn) return { refused: "taken" };
  if (sameAddress.closedAt !== null || !(await people.setSubject(sameAddress.personId, subject))) return { refused: "closed" };
  return { person: { ...sameAddress, usesSingleSignOn: true }, how: "linked" };
}
