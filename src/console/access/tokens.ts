import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Returns a new secret token of 256 bits, for cookies and links. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Returns the hash that is stored instead of a token. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

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
