import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { Secrets } from "./secrets.ts";

const version = "v1";
const ivBytes = 12;
const keyBytes = 32;
const tagBytes = 16;

/** Keys and context of a sealed text. */
export interface Seal {
  /** Long secrets, from which keys are derived (HKDF-SHA256). The first one encrypts; each can decrypt. */
  readonly secrets: Secrets;
  /** Each purpose has its own key. */
  readonly purpose: string;
  /** Owner of the text. A sealed text cannot be decrypted for another owner. */
  readonly about: string;
}

/** Encrypts a text (AES-256-GCM). Returns `v1.` and base64url, which cookies and columns can contain. */
export function seal(text: string, { secrets: [secret], purpose, about }: Seal): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret, purpose), iv).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${sealed.toString("base64url")}`;
}

/** Decrypts a text. Returns null if no secret is the right one, if the purpose or owner differs, or if the text was modified. */
export function unseal(sealed: string, { secrets, purpose, about }: Seal): string | null {
  for (const secret of secrets) {
    const text = unsealWith(secret, sealed, { purpose, about });
    if (text !== null) return text;
  }
  return null;
}

/** Returns which of the secrets decrypts a text: its place in the list, or null. */
export function placeOfSecret(sealed: string, { secrets, purpose, about }: Seal): number | null {
  const place = secrets.findIndex((secret) => unsealWith(secret, sealed, { purpose, about }) !== null);
  return place === -1 ? null : place;
}

function unsealWith(secret: string, sealed: string, { purpose, about }: Omit<Seal, "secrets">): string | null {
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
