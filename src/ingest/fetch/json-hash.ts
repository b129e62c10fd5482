import { hash } from "node:crypto";

/**
 * Returns the SHA-256 of a value's JSON, lower-case hex. Returns null for a value nested so deep that JSON.stringify fails, although
 * JSON.parse does not.
 */
export function jsonHash(value: unknown): string | null {
  try {
    return hash("sha256", JSON.stringify(value));
  } catch {
    return null;
  }
}
