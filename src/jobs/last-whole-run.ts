import type { Catalogue } from "../catalogue/open-catalogue.ts";
import type { RunRecord } from "../catalogue/runs/run-repository.ts";
import { goodOutcomes } from "../model/run/run-error.ts";

/** Runs among which it is looked for: the first of them is nearly always it. */
const looks = [5, 50] as const;

/** The last run of a connector that read a whole feed, of which the snapshot is kept. Null where there is none. */
export async function lastWholeRun(
  catalogue: Catalogue,
  connector: string,
): Promise<(RunRecord & { readonly snapshotHash: string }) | null> {
  for (const limit of looks) {
    const runs = await catalogue.runs.list({ connector, limit });
    const whole = runs.find(hasWholeFeed);
    if (whole !== undefined) return (await catalogue.snapshots.has(whole.snapshotHash)) ? whole : null;
    if (runs.length < limit) return null;
  }
  return null;
}

/** Hashes of the whole feeds of a connector that are kept, `most` at most: the last one first, each once. */
export async function wholeFeeds(catalogue: Catalogue, connector: string, most: number): Promise<string[]> {
  const runs = await catalogue.runs.list({ connector, limit: looks[1] });
  const kept: string[] = [];
  for (const hash of new Set(runs.filter(hasWholeFeed).map(({ snapshotHash }) => snapshotHash))) {
    if (kept.length === most) break;
    if (await catalogue.snapshots.has(hash)) kept.push(hash);
  }
  return kept;
}

/** What was tried at another address says nothing of the feed as it is. */
function hasWholeFeed(run: RunRecord): run is RunRecord & { readonly snapshotHash: string } {
  const { outcome, options, snapshotHash } = run;
  const isWhole = outcome !== null && (goodOutcomes.has(outcome) || outcome === "held");
  return snapshotHash !== null && isWhole && options.limit === undefined && options.trial === undefined;
}
