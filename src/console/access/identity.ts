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
