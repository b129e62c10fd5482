import type { ConsoleServices } from "../visit.ts";

/**
 * `session`: the session token; `said`: the message of the last form; `oidc`: an external sign-in in progress; `identity`: the ID token, which is
 * needed to sign out of the provider; `device`: proves that this browser has signed in to an account before; `space`: the session token of a
 * publisher's person; `space-oidc` and `space-identity`: as `oidc` and `identity`, for its external sign-in.
 */
export type CookieName = "session" | "said" | "oidc" | "identity" | "device" | "space" | "space-oidc" | "space-identity";

/** Returns the name of a cookie. Over https it has a prefix, so that other hosts cannot set it. */
export function cookieName({ url }: Pick<ConsoleServices, "url">, name: CookieName): string {
  return `${isSecure(url) ? "__Host-" : ""}moisson-${name}`;
}

/** Returns a `Set-Cookie` value. Scripts cannot read the cookie, and forms of other sites do not send it. `seconds` 0 deletes it. */
export function cookie(services: Pick<ConsoleServices, "url">, name: CookieName, value: string, seconds: number): string {
  const secure = isSecure(services.url) ? "; Secure" : "";
  // With `Strict`, people who follow a link in a mail or return from the identity provider would not be signed in.
  return `${cookieName(services, name)}=${encodeURIComponent(value)}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** Browsers refuse cookies above 4096 bytes. */
const maxMessageLength = 3500;

/** Returns the cookie with the message of the next page. Cuts long messages between characters. */
export function messageCookie(services: Pick<ConsoleServices, "url">, message: string): string {
  let text = wholeCharacters(message.slice(0, 1000));
  while (encodeURIComponent(text).length > maxMessageLength) text = wholeCharacters(text.slice(0, -20));
  return cookie(services, "said", text, 60);
}

/** Removes half a surrogate pair, which cannot be encoded. */
function wholeCharacters(text: string): string {
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
