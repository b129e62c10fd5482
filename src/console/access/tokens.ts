import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export { newToken, tokenHash } from "../../platform/secret-token.ts";

/** Returns the form token of a session. Nobody can derive the session token from it. */
export function csrfToken(sessionToken: string): string {
  return createHmac("sha256", sessionToken).update("form").digest("base64url");
}

/** Compares two texts in constant time. */
export function isSame(a: string, b: string): boolean {
  const left = createHash("sha256").update(a).digest();
  const right = createHash("sha256").update(b).digest();
  return timingSafeEqual(left, right);
}

/** Returns the value of the cookie of a known device. The key is the account's password hash, so a new password forgets all devices. */
export function deviceToken(passwordHash: string): string {
  const id = randomBytes(16).toString("base64url");
  return `${id}.${deviceProof(id, passwordHash)}`;
}

/** Returns the id of a device of this account, or null if the account does not know it. */
export function knownDevice(token: string | null, passwordHash: string | null): string | null {
  const [id = "", proof = ""] = (token ?? "").split(".");
  return passwordHash !== null && id !== "" && isSame(proof, deviceProof(id, passwordHash)) ? id : null;
}

function deviceProof(id: string, passwordHash: string): string {
  return createHmac("sha256", passwordHash).update(`device ${id}`).digest("base64url");
}
