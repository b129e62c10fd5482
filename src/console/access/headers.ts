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

/** Of files. `isKept`: their address changes with them, and nobody needs to ask again. */
export function headersOfFile(isKept: boolean): Readonly<Record<string, string>> {
  return { ...everywhere, ...policyOfFile, "cache-control": isKept ? "public, max-age=31536000, immutable" : "no-store" };
}

/** Nothing but our own files, no script or style in a page, nobody's frame (OWASP, "HTTP Headers" cheat sheet). */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  // Signing in and out elsewhere are links and not forms, since browsers hold redirects after a form to this too, and those lead on to others.
  "form-action 'self'",
].join("; ");

/** Of pages, which nobody keeps: they are for who is signed in. */
export function headersOfPage({ url }: Pick<ConsoleServices, "url">): Readonly<Record<string, string>> {
  return {
    ...everywhere,
    "content-security-policy": policy,
    "cache-control": "no-store",
    ...(url.startsWith("https:") && { "strict-transport-security": "max-age=31536000" }),
  };
}
