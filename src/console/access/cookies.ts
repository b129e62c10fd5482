import type { ConsoleServices } from "../visit.ts";

/** The session; the message of the last form; an external sign-in in progress; the ID token that ends the session at the provider (`identity`). */
type CookieName = "session" | "said" | "oidc" | "identity";

/** Returns the name of a cookie. Over https, its prefix prevents other hosts and paths from setting it. */
export function cookieName({ url }: Pick<ConsoleServices, "url">, name: CookieName): string {
  return `${isSecure(url) ? "__Host-" : ""}moisson-${name}`;
}

/** Returns a `Set-Cookie` value, hidden from scripts and from other sites' forms. `seconds` 0 deletes the cookie. */
export function cookie(services: Pick<ConsoleServices, "url">, name: CookieName, value: string, seconds: number): string {
  const secure = isSecure(services.url) ? "; Secure" : "";
  // Lax, so that people are signed in when they return from the identity provider or follow a link in a mail.
  return `${cookieName(services, name)}=${encodeURIComponent(value)}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** Browsers refuse cookies above 4096 bytes. */
const maxMessageLength = 3500;

/** Returns the cookie with the message of the next page. Cuts long messages between characters. */
export function messageCookie(services: Pick<ConsoleServices, "url">, message: string): string {
  let text = wholeSigns(message.slice(0, 1000));
  while (encodeURIComponent(text).length > maxMessageLength) text = wholeSigns(text.slice(0, -20));
  return cookie(services, "said", text, 60);
}

/** Removes half of a cut surrogate pair, which cannot be encoded. */
function wholeSigns(text: string): string {
  return text.replace(/\p{Cs}/gu, "");
}

/** Returns the value of a request cookie; null if it is missing. */
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
