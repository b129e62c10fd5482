import type { ConsoleServices } from "../visit.ts";

const everywhere = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;

/** Of files whose address changes with them. */
export const headersOfFile: Readonly<Record<string, string>> = { ...everywhere, "cache-control": "public, max-age=31536000, immutable" };

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
].join("; ");

/** Of pages, which nobody keeps: they are for who is signed in. */
export function headersOfPage({ url, settings }: ConsoleServices): Readonly<Record<string, string>> {
  // Signing in elsewhere is a form that ends in a redirect to there, and out again.
  const forms = settings.oidc === null ? "'self'" : `'self' ${new URL(settings.oidc.issuer).origin}`;
  return {
    ...everywhere,
    "content-security-policy": `${policy}; form-action ${forms}`,
    "cache-control": "no-store",
    ...(url.startsWith("https:") && { "strict-transport-security": "max-age=31536000" }),
  };
}
