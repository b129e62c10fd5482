/** Hosts of test servers: `test.manche.fr`, `preprod-aides.region.fr`, `aides-recette.region.fr`. */
const testHost =
  /^(?:[^.]*-)?(?:test|tests|preprod|pre-prod|preproduction|recette|staging|uat)(?:-[^.]*)?\.|\.(?:test|invalid|localhost|local|lan|intranet)$|^localhost$|^(?:127|10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/;
/** Domains that nobody publishes an aid on. */
const noPublisher = /^(?:www\.)?(?:example\.(?:com|net)|domaine\.(?:fr|com)|monsite\.(?:fr|com)|votresite\.(?:fr|com)|test\.(?:fr|com))$/;
/** Sites whose home page is no page of an aid. Documents use `example.org` and `exemple.fr` for a publisher, so a page of them may count. */
const homePages =
  /^(?:www\.)?(?:google\.(?:fr|com)|bing\.com|qwant\.com|yahoo\.(?:fr|com)|wikipedia\.org|fr\.wikipedia\.org|example\.org|exemple\.(?:fr|com|org))$/;
const link = /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)(?::\d+)?\/?([^?#]*)/i;

/** Returns true if a link leads to a test server or a placeholder, such as the home page of a search engine. */
export function isPlaceholderLink(url: string): boolean {
  const [, host = "", path = ""] = link.exec(url) ?? [];
  const name = host.toLowerCase();
  return testHost.test(name) || noPublisher.test(name) || (path === "" && homePages.test(name));
}
