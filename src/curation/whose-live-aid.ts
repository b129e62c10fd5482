import { likenessOf } from "../compare/likeness.ts";
import { sharedFacts } from "../compare/shared-facts.ts";
import type { Connector } from "../kit/definition.ts";
import type { AidContent } from "../model/aid/aid.ts";
import type { LiveAid } from "./adoption/live-aid.ts";
import { siteAddressOf } from "./adoption/site-address.ts";

/** What tells the aids of a connector's publisher from the others of the site. */
export interface Owner {
  readonly definition: Connector;
  /** What the site puts before the identifiers of other connectors (`IDF_`). */
  readonly othersPrefixes: readonly string[];
  /** Pages of the site that aids of other connectors were taken over from. */
  readonly othersPages: ReadonlySet<string>;
}

/** What is known of a connector's own aids. */
export interface OwnTraits {
  readonly externalIds: ReadonlySet<string>;
  /** Hosts that its links usually lead to. */
  readonly hosts: ReadonlySet<string>;
}

/** Whose a live aid is, as far as it can be told. */
export interface Whose {
  /** The publisher's identifier as the connector writes it; null where the export tells none that is the connector's. */
  readonly importId: string | null;
  /** Brought by another connector, or merged into another aid: never taken over without a person. */
  readonly isAnothers: boolean;
  /** The identifier, who pays, or the host of a link is the publisher's. */
  readonly looksOurs: boolean;
}

/** Whose a live aid of the site is: the export holds the aids of all publishers. */
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

/** The hosts of an aid's links, without `www.`. */
export function hostsOf({ originUrl, applicationUrl }: Partial<AidContent>): string[] {
  const links = [originUrl, applicationUrl].filter((link) => link !== null && link !== undefined);
  return [...new Set(links.filter((link) => URL.canParse(link)).map((link) => new URL(link).host.replace(/^www\./, "")))];
}

/** Whose prefix an identifier begins with; the longest counts. */
function prefixOf(importId: string | null, { definition, othersPrefixes }: Owner): "ours" | "others" | "none" {
  if (importId === null) return "none";
  const own =
    definition.importIdPrefix !== undefined && importId.startsWith(definition.importIdPrefix) ? definition.importIdPrefix.length : 0;
  if (othersPrefixes.some((prefix) => prefix.length > own && importId.startsWith(prefix))) return "others";
  return own > 0 ? "ours" : "none";
}

/** An identifier without prefix, where it is one of ours. A bare number is anybody's: something else must be the publisher's too. */
function bareId(importId: string | null, looksOurs: boolean, { externalIds }: OwnTraits): string | null {
  if (importId === null || !externalIds.has(importId)) return null;
  return looksOurs || !/^\d+$/.test(importId) ? importId : null;
}

function isPaidBy(publisher: string, { financers = [] }: Partial<AidContent>): boolean {
  const paid = likenessOf("", { financers });
  return sharedFacts(paid, likenessOf("", { financers: [{ name: publisher, siren: null }] }), 0, false).financer === "same";
}
