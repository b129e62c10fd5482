import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** A new secret token: 256 bits, for cookies and links. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a token. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** The token that forms of a session carry, made from the session's own, which it does not give away. */
export function csrfToken(sessionToken: string): string {
  return createHmac("sha256", sessionToken).update("form").digest("base64url");
}

/** Compares without telling by time where they differ. */
export function isSame(a: string, b: string): boolean {
  const left = createHash("sha256").update(a).digest();
  const right = createHash("sha256").update(b).digest();
  return timingSafeEqual(left, right);
}
