import type { Catalogue } from "../catalogue/open-catalogue.ts";
import { type FoundRecord, findRecords, type WantedRecords } from "../ingest/find-records.ts";
import type { RunnableConnector } from "../ingest/run-inputs.ts";
import { withStoredParts } from "./with-stored-parts.ts";

export { ReadingTookTooLong } from "./with-stored-parts.ts";

/** Limits of a search. */
export interface ReadingLimits {
  /** Maximum number of records returned. */
  readonly limit: number;
  /** Without it there is no limit of time. */
  readonly withinMs?: number;
}

/**
 * Searches a stored feed for records with today's connector, stopping at the last wanted one. Throws `RunFailed` (`snapshot-missing`),
 * `RunError` if the feed cannot be read today, or `ReadingTookTooLong`.
 */
export async function readStoredRecords(
  catalogue: Pick<Catalogue, "snapshots">,
  connector: RunnableConnector,
  snapshotHash: string,
  wanted: WantedRecords,
  { limit, withinMs = Number.POSITIVE_INFINITY }: ReadingLimits,
): Promise<FoundRecord[]> {
  return withStoredParts(catalogue, connector, snapshotHash, withinMs, (parts) => findRecords(connector, parts, wanted, limit));
}
