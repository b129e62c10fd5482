const homePath = /^(?:\/(?:[a-z]{2}(?:[-_][a-z]{2})?))?(?:\/(?:accueil|home|index))?(?:\.(?:x?html?|php|aspx?|jsp))?\/?$/i;

/** Returns true for a site's home page: `/`, `/fr/`, `/accueil`, `/index.php`. */
export function isHomePage(url: URL): boolean {
  return homePath.test(url.pathname) && url.search === "" && !/^#!?\/./.test(url.hash);
}

/**
 * Returns true for an address that is clearly one page among many: two levels deep, named by several words, or with a query. `/app` may be
 * the entrance of a site.
 */
export function isDeepPage(url: URL): boolean {
  if (isHomePage(url)) return false;
  const steps = url.pathname.split("/").filter((step) => step !== "");
  return steps.length >= 2 || url.search.length > 1 || /[a-z\d]-[a-z\d]/i.test(steps[0] ?? "");
}

/** Returns true for addresses of one site, with or without `www.`. */
export function isSameSite(one: URL, other: URL): boolean {
  return siteOf(one) === siteOf(other);
}

function siteOf(url: URL): string {
  return url.hostname.replace(/^www\./, "");
}
