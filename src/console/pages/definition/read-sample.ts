import { compileConnector } from "../../../ingest/map/compile-connector.ts";
import { mapRecord } from "../../../ingest/map/map-record.ts";
import { selectRecord } from "../../../ingest/map/select-record.ts";
import { lastWholeRun } from "../../../jobs/last-whole-run.ts";
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
