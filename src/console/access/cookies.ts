import type { ConsoleServices } from "../visit.ts";

/**
 * Who is signed in; what the last form did; a sign-in elsewhere that goes on; the token that ends it there (`identity`, as the provider of identities gave it:
 * it is good for nothing but that).
 */
type CookieName = "session" | "said" | "oidc" | "identity";

/** Names of the console's cookies. Under https they carry the prefix that lets no other host or path set them. */
export function cookieName({ url }: Pick<ConsoleServices, "url">, name: CookieName): string {
  return `${isSecure(url) ? "__Host-" : ""}moisson-${name}`;
}

/** A `Set-Cookie` that scripts cannot read, and other sites cannot send with a form. `seconds` 0 takes it away. */
export function cookie(services: Pick<ConsoleServices, "url">, name: CookieName, value: string, seconds: number): string {
  const secure = isSecure(services.url) ? "; Secure" : "";
  // Lax: coming back from the provider of identities, and from a link in a mail, one is signed in.
  return `${cookieName(services, name)}=${encodeURIComponent(value)}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** Browsers keep no cookie of more than 4096 bytes. */
const longestSaid = 3500;

/** Sets what the next page says; what is too long for a cookie is cut, never in the middle of a sign. */
export function saidCookie(services: Pick<ConsoleServices, "url">, said: string): string {
  let text = wholeSigns(said.slice(0, 1000));
  while (encodeURIComponent(text).length > longestSaid) text = wholeSigns(text.slice(0, -20));
  return cookie(services, "said", text, 60);
}

/** Without the half of a sign that was cut, which no address can hold. */
function wholeSigns(text: string): string {
  return text.replace(/\p{Cs}/gu, "");
}

/** Value of a cookie of the request; null where it is not there. */
export function readCookie(services: Pick<ConsoleServices, "url">, headers: Headers, name: CookieName): string | null {
  const wanted = cookieName(services, name);
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const cut = part.indexOf("=");
    if (cut === -1 || part.slice(0, cut).trim() !== wanted) continue;
    try {
      return decodeURIComponent(part.slice(cut + 1).trim());
    } catch {
      return null;
    }
  }
  return null;
}

function isSecure(url: string): boolean {
  return url.startsWith("https:");
}
