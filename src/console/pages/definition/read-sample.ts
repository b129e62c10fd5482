import { compileConnector } from "../../../ingest/map/compile-connector.ts";
import { mapRecord } from "../../../ingest/map/map-record.ts";
import { selectRecord } from "../../../ingest/map/select-record.ts";
import { lastWholeRun, wholeFeeds } from "../../../jobs/last-whole-run.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import type { OwnField } from "../../../registry/survey/match-name.ts";
import type { Values } from "../../../registry/survey/survey.ts";
import { firstRecords } from "../../sample/first-records.ts";
import type { Visit } from "../../visit.ts";

const recordsMapped = 12;

/** The first records of a connector's last feed, and their mapped values. */
export interface DefinitionSample {
  /** All records that were read, including excluded ones. */
  readonly records: readonly Values[];
  /** The first records that the connector keeps. */
  readonly mapped: readonly { readonly values: Values; readonly read: (field: OwnField) => unknown }[];
}

/** Returns the first records of the last stored feed; empty without a stored feed. */
async function readLastRecords({ catalogue }: Visit, definition: Connector, max?: number): Promise<readonly Values[]> {
  const whole = await lastWholeRun(catalogue, definition.id);
  return whole === null ? [] : firstRecords(catalogue, whole.snapshotHash, definition, max);
}

/** Reads the first records of the last stored feed, and maps those that the connector keeps. */
export async function readDefinitionSample(visit: Visit, { definition, terms }: LoadedConnector): Promise<DefinitionSample> {
  const records = await readLastRecords(visit, definition);
  const compiled = compileConnector(definition, terms);
  const kept = records.filter((values) => selectRecord(definition, values) === null).slice(0, recordsMapped);
  const mapped = kept.map((values, index) => {
    const { draft } = mapRecord(compiled, { locator: String(index + 1), values });
    return { values, read: (field: OwnField) => (field === "externalId" ? draft.externalId : draft.content[field as AidField]) };
  });
  return { records, mapped };
}

/** Max feeds to search, because the last ones can be empty. */
const maxFeeds = 10;

/** Records for a fixture, and whether any feed is stored. */
interface LastRecords {
  readonly records: readonly Values[];
  readonly isFeedKept: boolean;
}

/** Returns the first records of the last feed with records or, failing that, of the file that the connector was made from. */
export async function lastRecords({ catalogue }: Visit, { definition }: LoadedConnector): Promise<LastRecords> {
  const ofRuns = await wholeFeeds(catalogue, definition.id, maxFeeds);
  const draft = (await catalogue.drafts.list()).find(({ connector }) => connector === definition.id);
  const feeds = [...ofRuns, ...(draft?.upload ? [draft.upload] : [])];
  for (const hash of feeds) {
    const records = await firstRecords(catalogue, hash, definition);
    if (records.length > 0) return { records, isFeedKept: true };
  }
  return { records: [], isFeedKept: feeds.length > 0 };
}
