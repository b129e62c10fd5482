/** Query parameters that newsletters and visit counters add. */
const tracking =
  /^(?:utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|mc_[ce]id|[fg]clid|gad_source|gbraid|wbraid|msclkid|yclid|_ga|_gl|xtor|at_(?:medium|campaign)\w*)$/i;

/**
 * Normalises a link for comparison. Removes the scheme, `www.`, a final slash and the fragment, except the fragment of a page drawn by a
 * script (`#/aides/12`). Sorts the query and removes tracking. Keeps the case of path and query. Returns null for an invalid address and
 * for the home page of a site.
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
