import { compileConnector } from "../../../ingest/map/compile-connector.ts";
import { mapRecord } from "../../../ingest/map/map-record.ts";
import { selectRecord } from "../../../ingest/map/select-record.ts";
import { lastWholeRun, wholeFeeds } from "../../../jobs/last-whole-run.ts";
import type { Connector } from "../../../kit/definition.ts";
import type { AidField } from "../../../model/aid/aid.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import type { OwnField } from "../../../registry/survey/known-names.ts";
import type { Values } from "../../../registry/survey/survey.ts";
import { firstRecords } from "../../sample/first-records.ts";
import type { Visit } from "../../visit.ts";

const recordsMapped = 12;

/** The beginning of the last feed of a connector, and what its rules make of it. */
export interface DefinitionSample {
  /** All that were looked at, also those that do not count. */
  readonly records: readonly Values[];
  /** The first that count. */
  readonly mapped: readonly { readonly values: Values; readonly read: (field: OwnField) => unknown }[];
}

/** The first records of the last stored feed, so many at most; none where none is kept. */
export async function readLastRecords({ catalogue }: Visit, { id, decode }: Connector, most?: number): Promise<readonly Values[]> {
  const whole = await lastWholeRun(catalogue, id);
  return whole === null ? [] : firstRecords(catalogue, whole.snapshotHash, decode, most);
}

/** Reads the beginning of the last stored feed; nothing where none is kept. */
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

/** Feeds that are looked into: a publisher's page that is empty for a week is found behind. */
const mostFeeds = 10;

/** Records of a connector to make an example of, and whether any feed of it is kept at all. */
interface LastRecords {
  readonly records: readonly Values[];
  readonly isFeedKept: boolean;
}

/** The beginning of the last whole feed that had a record; else of the file that the connector was made from. */
export async function lastRecords({ catalogue }: Visit, { definition: { id, decode } }: LoadedConnector): Promise<LastRecords> {
  const ofRuns = await wholeFeeds(catalogue, id, mostFeeds);
  const draft = (await catalogue.drafts.list()).find(({ connector }) => connector === id);
  const feeds = [...ofRuns, ...(draft?.upload ? [draft.upload] : [])];
  for (const hash of feeds) {
    const records = await firstRecords(catalogue, hash, decode);
    if (records.length > 0) return { records, isFeedKept: true };
  }
  return { records: [], isFeedKept: feeds.length > 0 };
}
