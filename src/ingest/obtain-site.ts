import type { Details } from "../kit/details.ts";
import { FeedUnreadable, RunFailed } from "../model/run/run-error.ts";
import type { FetchedFeed, FetchRequest } from "./fetch/fetched-feed.ts";
import { PreviousSite } from "./fetch/site/previous-site.ts";
import type { IngestionRun } from "./ingestion-run.ts";
import { visitSite } from "./visit-site.ts";

/** Share of a run's time in which pages are requested. The rest is for reading them. */
const visitShare = 0.75;

/** Fetches the site of a run within its budget: see `visitSite`. Pages that are not due are taken from the last archive. */
export async function obtainSite(run: IngestionRun, request: FetchRequest, details: Details): Promise<FetchedFeed> {
  const until = performance.now() + run.budget.seconds * 1000 * visitShare;
  const previous = await openPrevious(run);
  try {
    return await visitSite({ ...request, connector: run.connector.definition }, details, {
      previous,
      now: run.services.clock.now(),
      until,
      maxPages: Math.min(details.perNight.pages, run.options.limit ?? Number.POSITIVE_INFINITY),
      limits: run.decodeLimits(),
      onProgress: (bytes) => run.at("fetch", bytes, null),
    });
  } finally {
    await previous?.close();
  }
}

/** Opens the archive of the connector's last fetch, applied or not. Returns null without one. */
async function openPrevious({ services: { catalogue }, connector, spool }: IngestionRun): Promise<PreviousSite | null> {
  const hash = await catalogue.runs.lastFetched(connector.definition.id);
  if (hash === null) return null;
  try {
    const { parts } = await catalogue.snapshots.restore(hash, await spool.path());
    const [only] = parts;
    return only === undefined || parts.length > 1 ? null : await PreviousSite.open(only.path);
  } catch (error) {
    // A snapshot that was deleted, or a list from before the connector had pages.
    if (error instanceof FeedUnreadable || (error instanceof RunFailed && error.code === "snapshot-missing")) return null;
    throw error;
  }
}
