import type { Connector } from "../../kit/definition.ts";
import { type AidField, aidFields } from "../../model/aid/aid.ts";
import type { ConfirmedBasis } from "../../model/aid/reuse-basis.ts";
import type { ImportSource } from "./aides-territoires-record.ts";

/** What a published record says about its source, by its connector. */
export interface SourceOfRecord extends ImportSource {
  readonly siren: string | null;
  /** Confirmed legal basis, or null. */
  readonly basis: ConfirmedBasis | null;
  /** Fields with the same value in all records, which the connector sets. */
  readonly constants: readonly AidField[];
}

/** Source of the aids of a removed connector. */
export const sourceOfRemoved: SourceOfRecord = { importIdPrefix: "", publisher: null, siren: null, basis: null, constants: [] };

/** Returns the source of a connector's records. `basis`: in force for it. */
export function sourceOfRecord(
  { importIdPrefix, publisher, fields }: Pick<Connector, "importIdPrefix" | "publisher" | "fields">,
  basis: ConfirmedBasis | null,
): SourceOfRecord {
  const constants = aidFields.filter((field) => (fields as Partial<Record<AidField, { kind: string }>>)[field]?.kind === "constant");
  return { importIdPrefix: importIdPrefix ?? "", publisher: publisher.name, siren: publisher.siren ?? null, basis, constants };
}
