import type { Aid } from "../../model/aid/aid.ts";
import { aidesTerritoiresRecord, type ImportSource } from "./aides-territoires-record.ts";

/** Facts of a record beside its aid. */
export interface RecordFacts extends ImportSource {
  readonly siren: string | null;
  /** Number in the API; null before it has one. */
  readonly number: number | null;
  /** ISO instants of its creation and last change. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Its slug. */
  readonly slug: string;
}

/**
 * Returns the record of an aid without people, as the API gives it for reuse: names of Aides-territoires' API, `id` its number, dates as
 * instants, plus our permanent `aid_id` and `publisher`.
 */
export function openDataRecord(aid: Aid, { number, slug, siren, createdAt, updatedAt, ...source }: RecordFacts): Record<string, unknown> {
  const publisher = { connector: aid.connector, name: source.publisher, siren };
  const dates = { date_created: createdAt, date_updated: updatedAt, source_updated_date: aid.sourceUpdatedDate };
  return { ...aidesTerritoiresRecord(aid, source), ...dates, id: number, slug, url: `/aides/${slug}/`, aid_id: aid.aidId, publisher };
}
