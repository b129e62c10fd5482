import type { Connector } from "../kit/definition.ts";
import type { AidContent } from "../model/aid/aid.ts";
import { likenessOf } from "../model/compare/likeness.ts";
import { sharedFacts } from "../model/compare/shared-facts.ts";
import type { LiveAid } from "./adoption/live-aid.ts";
import { siteAddressOf } from "./adoption/live-aid.ts";

/** The connector's publisher, as the site knows it. */
export interface Owner {
  readonly definition: Connector;
  /** The site's prefixes for identifiers of other connectors (`IDF_`). */
  readonly othersPrefixes: readonly string[];
  /** Pages of the site adopted by other connectors. */
  readonly othersPages: ReadonlySet<string>;
}

/** Traits of a connector's own aids. */
export interface OwnTraits {
  readonly externalIds: ReadonlySet<string>;
  /** Usual hosts of its links. */
  readonly hosts: ReadonlySet<string>;
}

/** Ownership of a live aid. */
export interface Whose {
  /** The publisher's identifier as the connector writes it, or null if the live aid has no identifier of this connector. */
  readonly importId: string | null;
  /** Another connector imported or adopted the live aid, or it was merged. It is therefore never adopted automatically. */
  readonly isAnothers: boolean;
  /** The identifier, a financer or the host of a link is the publisher's. */
  readonly looksOurs: boolean;
}

/** Determines the owner of a live aid, because the export contains the aids of all publishers. */
export function whoseLiveAid(live: LiveAid, owner: Owner, own: OwnTraits): Whose {
  const { importId: given } = live;
  const prefix = prefixOf(given, owner);
  const isPrefixed = given !== null && prefix === "ours";
  const looksOurs =
    isPrefixed || isPaidBy(owner.definition.publisher.name, live.content) || hostsOf(live.content).some((host) => own.hosts.has(host));
  const importId = isPrefixed
    ? given.slice(owner.definition.importIdPrefix?.length)
    : prefix === "none"
      ? bareId(given, looksOurs, own)
      : null;
  const isImportedElsewhere = given !== null && importId === null && (owner.definition.importIdPrefix !== undefined || prefix === "others");
  return {
    importId,
    isAnothers: isImportedElsewhere || live.status === "merged" || owner.othersPages.has(siteAddressOf(live) ?? ""),
    looksOurs,
  };
}

/** Returns the hosts of an aid's links, without `www.`. */
export function hostsOf({ originUrl, applicationUrl }: Partial<AidContent>): string[] {
  const links = [originUrl, applicationUrl].filter((link) => link !== null && link !== undefined);
  return [...new Set(links.filter((link) => URL.canParse(link)).map((link) => new URL(link).host.replace(/^www\./, "")))];
}

/** Returns the owner of an identifier's prefix. The longest prefix counts. */
function prefixOf(importId: string | null, { definition, othersPrefixes }: Owner): "ours" | "others" | "none" {
  if (importId === null) return "none";
  const own =
    definition.importIdPrefix !== undefined && importId.startsWith(definition.importIdPrefix) ? definition.importIdPrefix.length : 0;
  if (othersPrefixes.some((prefix) => prefix.length > own && importId.startsWith(prefix))) return "others";
  return own > 0 ? "ours" : "none";
}

/** Returns an identifier without prefix if it is one of ours. A bare number needs another trait of the publisher too. */
function bareId(importId: string | null, looksOurs: boolean, { externalIds }: OwnTraits): string | null {
  if (importId === null || !externalIds.has(importId)) return null;
  return looksOurs || !/^\d+$/.test(importId) ? importId : null;
}

function isPaidBy(publisher: string, { financers = [] }: Partial<AidContent>): boolean {
  const paid = likenessOf("", { financers });
  return sharedFacts(paid, likenessOf("", { financers: [{ name: publisher, siren: null }] }), 0, false).financer === "same";
}
