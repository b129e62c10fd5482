import type { Catalogue } from "../../../catalogue/open-catalogue.ts";
import type { ConnectorActivity } from "../../../model/run/silence.ts";
import type { ReadConnectors } from "../../../registry/load-connectors.ts";
import { missingTerms } from "../../../registry/terms/missing-terms.ts";

/** What the runs of all connectors add up to. */
export interface RunSums {
  readonly activities: readonly ConnectorActivity[];
  /** Publishers' words that nobody has decided on yet. */
  readonly words: number;
}

interface Known {
  readonly signature: string;
  readonly registry: ReadConnectors;
  readonly sums: Promise<RunSums>;
}

const known = new WeakMap<Catalogue, Known>();

/** Adds them up again only where a run has ended since, been applied or undone, or a connector has changed: tens of thousands of runs and words are looked at. */
export async function readRunSums(catalogue: Catalogue, registry: ReadConnectors): Promise<RunSums> {
  const signature = await catalogue.night.signature();
  const last = known.get(catalogue);
  if (last?.signature === signature && last.registry === registry) return last.sums;
  const sums = addUp(catalogue, registry);
  known.set(catalogue, { signature, registry, sums });
  sums.catch(() => known.delete(catalogue));
  return sums;
}

async function addUp({ activity, night }: Catalogue, { connectors }: ReadConnectors): Promise<RunSums> {
  const [activities, unmapped] = await Promise.all([activity.list("index"), night.lastUnmapped()]);
  const termsOf = new Map(connectors.map(({ definition, terms }) => [definition.id, terms]));
  let words = 0;
  for (const { connector, unmappedTerms } of unmapped) {
    const terms = termsOf.get(connector);
    if (terms !== undefined) words += missingTerms(connector, { unmappedTerms }, terms).length;
  }
  return { activities, words };
}
