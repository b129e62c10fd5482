import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { AdoptingConnector, LiveCatalogue } from "./adopt-live-aids.ts";
import { differingFields, type FieldDifference } from "./adoption/compare-contents.ts";
import { type LiveMatches, type LivePair, matchLiveAids } from "./match-live-aids.ts";
import { readOwnAids } from "./read-own-aids.ts";

/** A pair and its differing fields, empty if both agree. */
export interface ComparedPair extends LivePair {
  readonly differences: readonly FieldDifference[];
}

/** Matches between a connector's aids and the live aids, with the differences of each pair. */
export interface Comparison extends Omit<LiveMatches, "pairs"> {
  /** By external id. */
  readonly pairs: readonly ComparedPair[];
}

/**
 * Compares a connector's aids with the live aids. `planId`: the aids as they would be after this open plan, or null for the current aids.
 */
export async function compareWithLive(
  catalogue: Catalogue,
  { definition, othersPrefixes }: AdoptingConnector,
  planId: string | null,
  live: LiveCatalogue,
): Promise<Comparison> {
  const { id } = definition;
  const othersPages = await catalogue.aids.siteUrlsOfOthers(id);
  const own = await readOwnAids(catalogue.aids.asPlanned(id, planId));
  const { pairs, ...matches } = matchLiveAids(live.aids, own, { definition, othersPrefixes, othersPages });
  const pairOf = new Map(pairs.map((pair) => [pair.own.aidId, pair]));
  const compared: ComparedPair[] = [];
  for await (const page of catalogue.aids.asPlanned(id, planId)) {
    for (const { aidId, content } of page) {
      const pair = pairOf.get(aidId);
      if (pair !== undefined) compared.push({ ...pair, differences: differingFields(content, pair.live.content) });
    }
  }
  return { ...matches, pairs: compared };
}
