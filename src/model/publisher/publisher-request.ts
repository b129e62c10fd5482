/** What a publisher asks for in answer to a courtesy letter: a correction, the removal of an aid, or that we stop reading its site. */
export const requestKinds = ["correction", "removal", "stop"] as const;

export type RequestKind = (typeof requestKinds)[number];

/** A site that its publisher has asked us to stop reading. */
export interface RefusedSite {
  /** Host names without `www.`. Their subdomains are refused too. */
  readonly hosts: readonly string[];
  /** ISO instant. */
  readonly at: string;
}

/** Returns a host name as refusals store it: without `www.` and in lower case. */
export function bareHost(host: string): string {
  return host.toLowerCase().replace(/^www\./, "");
}

/** Returns the refusal that covers a host, or null. `host`: with a port if the refusal names one. */
export function refusalOf<Site extends RefusedSite>(host: string, refused: readonly Site[]): Site | null {
  const bare = bareHost(host);
  return refused.find(({ hosts }) => hosts.some((one) => bare === one || bare.endsWith(`.${one}`))) ?? null;
}

/** Returns the host of an address, or null if the text is not an address. */
export function hostOfAddress(address: string): string | null {
  return URL.canParse(address) ? bareHost(new URL(address).host) : null;
}
