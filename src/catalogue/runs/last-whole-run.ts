import { goodOutcomes } from "../../model/run/run-error.ts";
import type { RunReport } from "../../model/run/run-report.ts";
import type { Catalogue } from "../open-catalogue.ts";
import type { RunRecord } from "./run-repository.ts";

/** Numbers of runs to search. The last five runs nearly always contain a match. */
const looks = [5, 50] as const;

/** Returns a connector's last run with a complete feed whose snapshot is stored, or null. */
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

/** Returns the hashes of a connector's stored complete feeds, at most `max`, newest first, without duplicates. */
export async function wholeFeeds(catalogue: Catalogue, connector: string, max: number): Promise<string[]> {
  const runs = await catalogue.runs.list({ connector, limit: looks[1] });
  const kept: string[] = [];
  for (const hash of new Set(runs.filter(hasWholeFeed).map(({ snapshotHash }) => snapshotHash))) {
    if (kept.length === max) break;
    if (await catalogue.snapshots.has(hash)) kept.push(hash);
  }
  return kept;
}

/** Number of runs searched for the last report. */
const reportsLookedAt = 30;

/** Returns the report of a connector's last run with a complete feed, dry or not, or null. */
export async function lastWholeReport({ runs }: Pick<Catalogue, "runs">, connector: string): Promise<RunReport | null> {
  const found = (await runs.list({ connector, limit: reportsLookedAt })).find((run) => run.report !== null && isWhole(run));
  return found?.report ?? null;
}

function hasWholeFeed(run: RunRecord): run is RunRecord & { readonly snapshotHash: string } {
  return run.snapshotHash !== null && isWhole(run);
}

/** Returns true for a run that read a complete feed. Excludes trials, which may read another address. */
function isWhole({ outcome, options }: RunRecord): boolean {
  return (
    outcome !== null && (goodOutcomes.has(outcome) || outcome === "held") && options.limit === undefined && options.trial === undefined
  );
}
