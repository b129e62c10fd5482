/** What newsletters and counters of visits add to an address. */
const tracking =
  /^(?:utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|mc_[ce]id|[fg]clid|gad_source|gbraid|wbraid|msclkid|yclid|_ga|_gl|xtor|at_(?:medium|campaign)\w*)$/i;

/**
 * A link as it is compared: host without `www.`, path without final slash, query in order without what counts visits; no scheme, no place
 * in the page (but that of pages which a script draws, `#/aides/12`). The case of path and query stays. Null for what is no address, and
 * for the home page of a site, which is the address of no aid.
 */
export function comparableLink(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname, searchParams, hash } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return null;
  const query = [...searchParams].filter(([name]) => !tracking.test(name)).map(([name, value]) => `${name}=${value}`);
  const place = /^#!?\/./.test(hash) ? hash : "";
  const path = pathname.replace(/\/+$/, "").replace(/%[\da-f]{2}/gi, (byte) => byte.toUpperCase());
  if (path === "" && query.length === 0 && place === "") return null;
  return `${host.replace(/^www\./, "")}${path}${query.length > 0 ? `?${query.sort().join("&")}` : ""}${place}`;
}
