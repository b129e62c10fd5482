import type { Catalogue } from "../../catalogue/open-catalogue.ts";
import type { FoundRecord, WantedRecords } from "../../ingest/find-records.ts";
import type { MappingConnector } from "../../ingest/run-inputs.ts";
import { receptionIn } from "../../model/trace/reception.ts";
import type { TraceFacts } from "../../model/trace/trace.ts";
import { type ReadingLimits, readStoredRecords } from "./read-stored-records.ts";

/** Records of a stored feed, with the run that read it. */
export interface RecordsOfRun {
  readonly runId: string;
  readonly records: readonly FoundRecord[];
}

/**
 * Returns the record of an aid in the feed of the last run that received it, or null if no stored feed contains it. Throws what
 * `readStoredRecords` throws.
 */
export async function recordsOfAid(
  catalogue: Catalogue,
  connector: MappingConnector,
  facts: TraceFacts,
  limits: ReadingLimits,
): Promise<RecordsOfRun | null> {
  const run = facts.runs.findLast(
    (candidate) => candidate.snapshotHash !== null && ["received", "rejected"].includes(receptionIn(candidate, facts)),
  );
  if (!run?.snapshotHash) return null;
  const { externalId, seen } = facts.hit;
  const name = facts.aid?.externalId ?? externalId;
  const wanted: WantedRecords = name === null ? { locator: seen?.locator ?? "" } : { externalIds: new Set([name]) };
  return { runId: run.runId, records: await readStoredRecords(catalogue, connector, run.snapshotHash, wanted, limits) };
}

/**
 * Returns records of a connector's last feed that contain these words, including skipped ones, with the run; null without a feed. Throws
 * what `readStoredRecords` throws.
 */
export async function recordsWithWords(
  catalogue: Catalogue,
  connector: MappingConnector,
  words: string,
  limits: ReadingLimits,
): Promise<RecordsOfRun | null> {
  const runs = await catalogue.runs.list({ connector: connector.definition.id });
  const last = runs.find((run) => run.snapshotHash !== null && (run.report?.counts.received ?? 0) > 0);
  if (!last?.snapshotHash) return null;
  return { runId: last.runId, records: await readStoredRecords(catalogue, connector, last.snapshotHash, { words }, limits) };
}
