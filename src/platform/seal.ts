import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const version = "v1";
const ivBytes = 12;
const keyBytes = 32;
const tagBytes = 16;

/** What a text is sealed with. */
export interface Seal {
  /** Any text that is secret and long enough; the key is derived from it (HKDF-SHA256). */
  readonly secret: string;
  /** What it is sealed for: keys of two purposes have nothing in common. */
  readonly purpose: string;
  /** What the text belongs to: sealed for one thing, it cannot be put in the place of another. */
  readonly about: string;
}

/** Encrypts a text (AES-256-GCM), in signs that a cookie and a column can hold: `v1.` and base64url. */
export function seal(text: string, { secret, purpose, about }: Seal): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret, purpose), iv).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${sealed.toString("base64url")}`;
}

/** The text; null where it was sealed with another secret, for something else, or was touched. */
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
