import { hash } from "node:crypto";

/**
 * SHA-256 of a value written as JSON, lower-case hex. Null where it is nested too deep to be written again: JSON.parse does not mind a bomb of brackets,
 * JSON.stringify does.
 */
export function jsonHash(value: unknown): string | null {
  try {
    return hash("sha256", JSON.stringify(value));
  } catch {
    return null;
  }
}
