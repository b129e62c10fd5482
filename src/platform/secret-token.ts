import { createHash, randomBytes } from "node:crypto";

/** Returns a new secret token of 256 bits, for cookies and links. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Returns the hash that is stored instead of a token. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
