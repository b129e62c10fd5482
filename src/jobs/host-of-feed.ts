import { feedUrl } from "../ingest/fetch/feed-address.ts";
import type { RunOptions } from "../ingest/run-inputs.ts";
import type { LoadedConnector } from "../registry/load-connectors.ts";

/** Returns the first host of a run (`host:port`, lower case), or null if it has none or the address is unknown. */
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
    return null; // the run is refused for the same reason and reports it
  }
}
