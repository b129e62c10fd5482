import type { AidAsPlanned } from "../catalogue/aids/aid-repository.ts";
import { type Likeness, likenessOf } from "../model/compare/likeness.ts";
import { hostsOf, type OwnTraits } from "./whose-live-aid.ts";

/** An aid of a connector, for comparison with live aids. */
export interface OwnAid extends Omit<AidAsPlanned, "content"> {
  /** The publisher's title. */
  readonly title: string;
  readonly likeness: Likeness;
}

/** A connector's aids, and the traits that distinguish them from other publishers' aids. An aid takes about a kilobyte. */
export interface OwnAids {
  readonly aids: readonly OwnAid[];
  readonly traits: OwnTraits;
}

/** A host with at least this share of the links belongs to the publisher. Links of an aggregator go to many hosts. */
const usualShare = 0.1;

/** Reads a connector's aids for comparison with live ones. */
export async function readOwnAids(pages: AsyncIterable<readonly AidAsPlanned[]>): Promise<OwnAids> {
  const aids: OwnAid[] = [];
  const hosts = new Map<string, number>();
  for await (const page of pages) {
    for (const { content, ...aid } of page) {
      aids.push({ ...aid, title: content.name, likeness: likenessOf(aid.aidId, content) });
      for (const host of hostsOf(content)) hosts.set(host, (hosts.get(host) ?? 0) + 1);
    }
  }
  const linked = [...hosts.values()].reduce((sum, count) => sum + count, 0);
  const usual = [...hosts].filter(([, count]) => count >= usualShare * linked).map(([host]) => host);
  return { aids, traits: { externalIds: new Set(aids.map(({ externalId }) => externalId)), hosts: new Set(usual) } };
}
