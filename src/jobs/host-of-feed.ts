import { feedUrl } from "../ingest/fetch/feed-address.ts";
import type { RunOptions } from "../ingest/run-inputs.ts";
import type { LoadedConnector } from "../registry/load-connectors.ts";

/** The host that a run asks first (`host:port`, lower case); null where it asks none, or where its address is not known. */
export function hostOfFeed(
  { definition }: LoadedConnector,
  options: RunOptions,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  if (options.file !== undefined || options.snapshot !== undefined) return null;
  const { url } = options;
  try {
    return feedUrl({ connector: definition, environment, ...(url !== undefined && { url }) }).host.toLowerCase();
  } catch {
    return null; // the run is refused for the same reason, and says so
  }
}
