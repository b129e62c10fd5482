import type { Access } from "./access/access.ts";

/** Headers of every answer: any page may read it, nothing in it may run. */
export function headersOfAll(url: string): Readonly<Record<string, string>> {
  return {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Last-Modified, Content-Length, X-Checksum-Sha256, Retry-After, RateLimit, RateLimit-Policy",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    vary: "Accept-Encoding, Authorization, X-AUTH-TOKEN",
    ...(url.startsWith("https:") && { "strict-transport-security": "max-age=31536000" }),
  };
}

/** The client may cache for a minute, and proxies too if the answer is public. */
export function cachingOf({ name, scope }: Access): string {
  return name === null && scope === "reuse" ? "public, max-age=60, stale-while-revalidate=300" : "private, max-age=60";
}

/** Answer to a browser's preflight request. */
export const headersOfPreflight = {
  "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
  "access-control-allow-headers": "Authorization, X-AUTH-TOKEN, Content-Type, If-None-Match",
  "access-control-max-age": "86400",
} as const;
