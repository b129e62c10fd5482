import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { secondFactorPurpose } from "../../catalogue/accounts/second-factor-repository.ts";
import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { Role } from "../../model/publisher/role.ts";
import { seal, unseal } from "../../platform/seal.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { tokenHash } from "./tokens.ts";

/** Codes of six digits for 30 seconds each, which every authenticator application can make (RFC 6238). */
const parameters = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** Codes of the step before and after are valid too, because clocks differ. */
const window = 1;
const recoveryCodeCount = 10;

/** A link that asks for the code expires after this time. Then the password is needed again. */
export const codeMinutes = 10;

/** Returns true if a role must have a second factor where it is required. */
export function needsSecondFactor(role: Role | null): boolean {
  return role === "ops" || role === "admin";
}

/** Returns a new key of 160 bits in base32. */
export function newCodeKey(): string {
  return new Secret({ size: 20 }).base32;
}

/** Returns the address that an authenticator application reads from a QR code. */
export function keyAddress(key: string, { service, email }: { readonly service: string; readonly email: string }): string {
  return new TOTP({ ...parameters, secret: key, issuer: service, label: email }).toString();
}

/** Encrypts the key of a person under `MOISSON_SECRET`. */
export function sealKey(key: string, personId: string, secrets: Secrets): string {
  return seal(key, { secrets, purpose: secondFactorPurpose, about: personId });
}

/** Decrypts the key of a person. Returns null if it was encrypted under an unknown key. */
export function unsealKey(sealed: string, personId: string, secrets: Secrets): string | null {
  return unseal(sealed, { secrets, purpose: secondFactorPurpose, about: personId });
}

/** Returns the time step of a valid code, or null. */
export function stepOfCode(key: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...parameters, secret: Secret.fromBase32(key), token: code.replace(/\s/g, ""), timestamp, window });
  return delta === null ? null : Math.floor(timestamp / 1000 / parameters.period) + delta;
}

/** Returns new recovery codes, for people who lose their phone: `k3m9-x2pq-7wfh`. Each replaces one code. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const text = new Secret({ buffer: new Uint8Array(randomBytes(8)).buffer }).base32.toLowerCase().slice(0, 12);
    return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
  });
}

/** Returns the hash that is stored instead of a recovery code, which people may type with blanks and capitals. */
export function recoveryHash(code: string): string {
  return tokenHash(code.toLowerCase().replace(/[^a-z0-9]/g, ""));
}

/** Checks and uses a code, or a recovery code. Returns false if it is wrong or was used before. */
export async function isCode(
  { secondFactors }: Catalogue,
  person: { readonly personId: string; readonly sealed: string },
  typed: { readonly code: string; readonly now: Date; readonly secrets: Secrets },
): Promise<boolean> {
  const { personId, sealed } = person;
  const key = unsealKey(sealed, personId, typed.secrets);
  const step = key === null ? null : stepOfCode(key, typed.code, typed.now);
  if (step !== null) return secondFactors.useStep(personId, step);
  return secondFactors.useRecoveryCode(personId, recoveryHash(typed.code));
}
