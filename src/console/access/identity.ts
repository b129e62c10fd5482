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
