/**
 * Returns the address of a link on a page, or null if the link is invalid. Changes http to https if the page has the same host and https,
 * because servers behind a proxy do not know their public scheme.
 */
export function linkedAddress(link: string, from: URL): URL | null {
  if (!URL.canParse(link, from.href)) return null;
  const next = new URL(link, from.href);
  if (from.protocol === "https:" && next.protocol === "http:" && next.host === from.host) next.protocol = "https:";
  next.username = "";
  next.password = "";
  next.hash = "";
  return next;
}
