import type { Catalogue } from "../catalogue/open-catalogue.ts";
import { type FoundRecord, findRecords, type WantedRecords } from "../ingest/find-records.ts";
import type { RunnableConnector } from "../ingest/run-inputs.ts";
import { withStoredParts } from "./with-stored-parts.ts";

export { ReadingTookTooLong } from "./with-stored-parts.ts";

/** How much is looked for, and for how long. */
export interface ReadingLimits {
  /** Records that are given at most. */
  readonly limit: number;
  /** Default: as long as it takes. */
  readonly withinMs?: number;
}

/**
 * Reads a stored feed again for single records, as its connector reads it today, no further than the last record that is wanted.
 * @throws RunFailed `snapshot-missing` where it is not kept; RunError where it cannot be read today; ReadingTookTooLong
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
