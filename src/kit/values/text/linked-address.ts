/** Returns the address of a link on a page, or null. Keeps https on the same host, because proxies hide the public scheme. */
export function linkedAddress(link: string, from: URL): URL | null {
  if (!URL.canParse(link, from.href)) return null;
  const next = new URL(link, from.href);
  if (from.protocol === "https:" && next.protocol === "http:" && next.host === from.host) next.protocol = "https:";
  next.username = "";
  next.password = "";
  next.hash = "";
  return next;
}
