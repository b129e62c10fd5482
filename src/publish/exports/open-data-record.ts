import type { Aid } from "../../model/aid/aid.ts";
import { aidesTerritoiresRecord, type ImportSource } from "./aides-territoires-record.ts";

/** What a record tells of an aid beside what the aid says. */
export interface RecordFacts extends ImportSource {
  readonly siren: string | null;
  /** In the API; null before it has one. */
  readonly number: number | null;
  /** ISO instants: when it came into the catalogue, and of its last change. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Its name in addresses. */
  readonly slug: string;
}

/**
 * The record of an aid without people in it, as the API gives it to who passes it on: under the names of Aides-territoires' API, `id` its
 * number there, its dates as instants, and what Aides-territoires has not: `aid_id`, which never changes, and `publisher`.
 */
export function openDataRecord(aid: Aid, { number, slug, siren, createdAt, updatedAt, ...source }: RecordFacts): Record<string, unknown> {
  const publisher = { connector: aid.connector, name: source.publisher, siren };
  const dates = { date_created: createdAt, date_updated: updatedAt, source_updated_date: aid.sourceUpdatedDate };
  return { ...aidesTerritoiresRecord(aid, source), ...dates, id: number, slug, url: `/aides/${slug}/`, aid_id: aid.aidId, publisher };
}
