import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const version = "v1";
const ivBytes = 12;
const keyBytes = 32;
const tagBytes = 16;

/** How a text is sealed. */
export interface Seal {
  /** A long enough secret, from which the key is derived (HKDF-SHA256). */
  readonly secret: string;
  /** Purpose: keys of two purposes are unrelated. */
  readonly purpose: string;
  /** Owner of the text: a sealed text cannot be moved to another owner. */
  readonly about: string;
}

/** Encrypts a text (AES-256-GCM) as `v1.` and base64url, which fits cookies and columns. */
export function seal(text: string, { secret, purpose, about }: Seal): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret, purpose), iv).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${sealed.toString("base64url")}`;
}

/** Decrypts a text. Returns null for another secret, purpose or owner, and for a modified text. */
export function unseal(sealed: string, { secret, purpose, about }: Seal): string | null {
  const [found, bytes = ""] = sealed.split(".");
  const all = Buffer.from(bytes, "base64url");
  if (found !== version || all.length < ivBytes + tagBytes) return null;
  const cipher = createDecipheriv("aes-256-gcm", keyOf(secret, purpose), all.subarray(0, ivBytes), { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(about)).setAuthTag(all.subarray(-tagBytes));
  try {
    return Buffer.concat([cipher.update(all.subarray(ivBytes, -tagBytes)), cipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

function keyOf(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "moisson", purpose, keyBytes));
}
