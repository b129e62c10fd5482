import type { ConsoleServices } from "../visit.ts";

const everywhere = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;

const policyOfFile = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" } as const;

/** Returns the headers of a static file. `isImmutable`: its URL changes with its content, so browsers can cache it for ever. */
export function headersOfFile(isImmutable: boolean): Readonly<Record<string, string>> {
  return { ...everywhere, ...policyOfFile, "cache-control": isImmutable ? "public, max-age=31536000, immutable" : "no-store" };
}

/** Allows our own files only: no inline script or style, no frames (OWASP "HTTP Headers" cheat sheet). */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  // External sign-in and sign-out are links, not forms: browsers apply `form-action` to the redirects after a form too.
  "form-action 'self'",
].join("; ");

/** Returns the headers of pages, which browsers never cache. */
export function headersOfPage({ url }: Pick<ConsoleServices, "url">): Readonly<Record<string, string>> {
  return {
    ...everywhere,
    "content-security-policy": policy,
    "cache-control": "no-store",
    ...(url.startsWith("https:") && { "strict-transport-security": "max-age=31536000" }),
  };
}
