import { refOf } from "../kit/rules/perimeters.ts";
import type { PublisherStage } from "../model/publisher/publisher-stage.ts";
import { populationOf } from "../model/territories/populations.ts";

/** A publisher that bizdev may call. */
export interface CallablePublisher {
  readonly publisherId: string;
  readonly name: string;
  readonly kind: string;
  /** `scale:code` */
  readonly territory: string | null;
  readonly stage: PublisherStage;
  /** Number of its connectors. A publisher with one need not be called: its aids are received, and wait for us. */
  readonly connectors: number;
  /** Aids of its own connectors that are on the site. */
  readonly liveAids: number;
  /** Open aids that it finances or runs, from connectors of others. */
  readonly aidsThroughOthers: number;
  /** Searches in the API without a result, for its territory or a part of it. */
  readonly missedSearches: number;
}

/** A publisher to call, with the reasons for its rank. */
export interface RankedCall {
  readonly publisher: CallablePublisher;
  /** Number of aids that a publisher of this kind usually has. */
  readonly expectedAids: number;
  /** Number of publishers of its kind that `expectedAids` is the median of. Null: a default for its kind. */
  readonly basedOn: number | null;
  /** Expected aids that the catalogue does not have yet. At least 1. */
  readonly missingAids: number;
  readonly population: number;
  /** `missingAids` × (1 + missed searches) × `population`. */
  readonly score: number;
}

/** Usual numbers of aids by kind of publisher, from the feeds in docs/publishers.md. Used until the catalogue knows publishers of the kind. */
const usualAids: Readonly<Record<string, number>> = {
  region: 150,
  department: 100,
  collectivity: 30,
  "water-agency": 30,
  ministry: 40,
  agency: 60,
  "public-bank": 40,
  "state-service": 20,
  european: 100,
};

/** Least number of publishers of a kind whose median replaces the default. */
const minPeers = 3;

/** Stages in which a call can bring new aids. */
const callable: ReadonlySet<PublisherStage> = new Set<PublisherStage>(["spotted", "contacted", "talking", "agreed"]);

/**
 * Ranks the publishers whose call promises most: missing aids × searches without a result × inhabitants. Leaves out publishers that are
 * online, paused or have refused, those with a connector, and aggregators. Publishers without a territory of their own count for all of France.
 */
export function rankCalls(publishers: readonly CallablePublisher[], limit: number): readonly RankedCall[] {
  const ranked = publishers
    .filter(({ stage, kind, connectors }) => callable.has(stage) && kind in usualAids && connectors === 0)
    .map((publisher): RankedCall => {
      const { expectedAids, basedOn } = expectedOf(publisher.kind, publishers);
      const missingAids = Math.max(1, expectedAids - publisher.aidsThroughOthers);
      const population = populationAround(publisher.territory);
      return {
        publisher,
        expectedAids,
        basedOn,
        missingAids,
        population,
        score: missingAids * (1 + publisher.missedSearches) * population,
      };
    });
  return ranked.sort((a, b) => b.score - a.score || a.publisher.name.localeCompare(b.publisher.name, "fr")).slice(0, limit);
}

function expectedOf(kind: string, publishers: readonly CallablePublisher[]): Pick<RankedCall, "expectedAids" | "basedOn"> {
  const counts = publishers.filter((one) => one.kind === kind && one.liveAids > 0).map(({ liveAids }) => liveAids);
  if (counts.length < minPeers) return { expectedAids: usualAids[kind] ?? 1, basedOn: null };
  return { expectedAids: counts.sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1, basedOn: counts.length };
}

/** Water basins count as a sixth of France, because their communes are not known. An uninhabited territory counts as none. */
function populationAround(territory: string | null): number {
  const france = populationOf({ scale: "country", code: "FRA" }) ?? 0;
  const ref = territory === null ? undefined : refOf(territory);
  if (ref === undefined || ref.scale === "continent") return france;
  return ref.scale === "basin" ? Math.round(france / 6) : (populationOf(ref) ?? 0);
}
