import type { Connector } from "../../kit/definition.ts";
import type { TermLookup } from "../../kit/rules/rule-context.ts";
import type { FieldLoss } from "../../model/run/losses.ts";
import type { PerimeterRef } from "../../model/territories/perimeter.ts";
import { compileConnector } from "./compile-connector.ts";
import { LossMeter, type MeasuredRecord } from "./loss-meter.ts";
import { type MappedRecord, mapRecord, readExternalId, readName } from "./map-record.ts";
import { SeenIds } from "./seen-ids.ts";
import { selectRecord } from "./select-record.ts";
import { countNames, emptyNameCounts, type SharedNames, tellApart } from "./tell-apart.ts";

type Values = Readonly<Record<string, unknown>>;

/** A connector prepared to select and map records. */
export interface RecordMapper {
  /** Returns the reason for skipping a record, or null. */
  select(values: Values): string | null;
  /** Returns the title with a distinguishing suffix. Returns an empty string if the title needs no suffix. */
  distinctName(values: Values): string;
  /** Territories of the publisher and of its aids. */
  readonly scope: ReturnType<typeof scopeOf>;
  map(record: { readonly locator: string; readonly values: Values }): MappedRecord;
  /** Returns what a record contains and its aid lacks. */
  measure(record: MeasuredRecord): FieldLoss[];
}

/** Prepares a connector. `names`: the shared titles of the feed if the connector has `tellApartBy`, else null. */
export function createRecordMapper(connector: Connector, terms: TermLookup, names: SharedNames | null): RecordMapper {
  const compiled = compileConnector(connector, terms);
  const meter = new LossMeter(connector);
  const suffixed = (name: string | null, values: Values): string => {
    if (names === null || name === null || name === "") return "";
    const distinct = tellApart(name, values, names);
    return distinct === name ? "" : distinct;
  };
  return {
    scope: scopeOf(connector),
    select: (values) => selectRecord(connector, values),
    distinctName: (values) => (names === null ? "" : suffixed(readName(compiled, values), values)),
    map: (record) => {
      const mapped = mapRecord(compiled, record);
      const { content } = mapped.draft;
      const name = suffixed(content.name as string | null, record.values);
      return name === "" ? mapped : { ...mapped, draft: { ...mapped.draft, content: { ...content, name } } };
    },
    measure: (record) => meter.measure(record),
  };
}

/** Returns the territory of a connector's publisher, and whether the connector reads or sets territories of aids. */
export function scopeOf({ publisher, fields }: Connector): { readonly territory: PerimeterRef; readonly hasTerritories: boolean } {
  return { territory: publisher.territory, hasTerritories: fields.perimeters !== undefined };
}

/**
 * Returns the titles that several records of a feed share, or null if the connector does not tell them apart. Ignores skipped records and
 * duplicate identifiers. `decode`: reads the records from the start.
 */
export async function sharedNamesOf(
  connector: Connector,
  terms: TermLookup,
  decode: () => AsyncIterable<readonly { readonly kind: string; readonly values?: Values }[]>,
): Promise<SharedNames | null> {
  if (connector.tellApartBy === undefined) return null;
  const compiled = compileConnector(connector, terms);
  const counts = emptyNameCounts(connector.tellApartBy);
  const known = new SeenIds();
  for await (const batch of decode()) {
    for (const { values } of batch) {
      if (values === undefined || selectRecord(connector, values) !== null) continue;
      const externalId = readExternalId(compiled, values);
      if (externalId === null || !known.add(externalId)) continue;
      countNames(counts, readName(compiled, values), values);
    }
  }
  return counts;
}
