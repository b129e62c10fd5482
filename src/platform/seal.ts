import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const version = "v1";
const ivBytes = 12;
const keyBytes = 32;
const tagBytes = 16;

/** Key and context of a sealed text. */
export interface Seal {
  /** A long secret, from which the key is derived (HKDF-SHA256). */
  readonly secret: string;
  /** Each purpose has its own key. */
  readonly purpose: string;
  /** Owner of the text. A sealed text cannot be decrypted for another owner. */
  readonly about: string;
}

/** Encrypts a text (AES-256-GCM). Returns `v1.` and base64url, which cookies and columns can contain. */
export function seal(text: string, { secret, purpose, about }: Seal): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret, purpose), iv).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${sealed.toString("base64url")}`;
}

/** Decrypts a text. Returns null if the secret, purpose or owner differs, or if the text was modified. */
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
