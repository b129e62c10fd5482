import type { RunOptions } from "../pipeline/ingestion-run.ts";
import type { LoadedConnector } from "../registry/load-connectors.ts";

/** The host that a run asks first (`host:port`, lower case); null where it asks none, or where its address is not known. */
export function hostOfFeed(
  { definition: { feed } }: LoadedConnector,
  options: RunOptions,
  environment: Readonly<Record<string, string | undefined>>,
): string | null {
  if (options.file !== undefined || options.snapshot !== undefined) return null;
  const address = options.url ?? feed.url ?? environment[feed.urlFrom ?? ""];
  if (address === undefined || !URL.canParse(address)) return null;
  return new URL(address).host.toLowerCase();
}
