import type { Aid, AidField } from "../../model/aid/aid.ts";
import { aidesTerritoiresRecord, type ImportSource } from "./aides-territoires-record.ts";

/** Data of a published record that the aid itself does not contain. */
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
 * Returns an aid as the API publishes it. Personal data must already be removed from `aid`. Fields have the names of Aides-territoires'
 * API; `id` is the aid's number, dates are instants; `aid_id`, `publisher` and `filled_by_moisson` are ours.
 */
export function openDataRecord(aid: Aid, { number, slug, siren, createdAt, updatedAt, ...source }: RecordFacts): Record<string, unknown> {
  const publisher = { connector: aid.connector, name: source.publisher, siren };
  const dates = { date_created: createdAt, date_updated: updatedAt, source_updated_date: aid.sourceUpdatedDate };
  return {
    ...aidesTerritoiresRecord(aid, source),
    ...dates,
    id: number,
    slug,
    url: `/aides/${slug}/`,
    aid_id: aid.aidId,
    publisher,
    filled_by_moisson: (aid.filledByMoisson ?? []).map(({ field, rule, confirmed }) => ({ field: recordKey(field), rule, confirmed })),
  };
}

/** Returns the name of a field in the record: `mobilization_steps`. */
function recordKey(field: AidField): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
