import type { AidField } from "../../../aid/aid.ts";
import { lastWholeRun } from "../../../jobs/last-whole-run.ts";
import { compileConnector } from "../../../pipeline/map/compile-connector.ts";
import { mapRecord } from "../../../pipeline/map/map-record.ts";
import { selectRecord } from "../../../pipeline/map/select-record.ts";
import type { LoadedConnector } from "../../../registry/load-connectors.ts";
import type { OwnField } from "../../../survey/known-names.ts";
import type { Values } from "../../../survey/survey.ts";
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

/** Reads the beginning of the last stored feed; nothing where none is kept. */
export async function readDefinitionSample({ catalogue }: Visit, { definition, terms }: LoadedConnector): Promise<DefinitionSample> {
  const whole = await lastWholeRun(catalogue, definition.id);
  const records = whole === null ? [] : await firstRecords(catalogue, whole.snapshotHash, definition.decode);
  const compiled = compileConnector(definition, terms);
  const kept = records.filter((values) => selectRecord(definition, values) === null).slice(0, recordsMapped);
  const mapped = kept.map((values, index) => {
    const { draft } = mapRecord(compiled, { locator: String(index + 1), values });
    return { values, read: (field: OwnField) => (field === "externalId" ? draft.externalId : draft.content[field as AidField]) };
  });
  return { records, mapped };
}
