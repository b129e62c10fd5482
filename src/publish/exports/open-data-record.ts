import type { AidField } from "../../model/aid/aid.ts";
import type { PublicAid } from "../../model/aid/public-aid.ts";
import { aidesTerritoiresRecord, type BackerNumbers } from "./aides-territoires-record.ts";
import { recordKey, reuseOfRecord } from "./reuse-of-record.ts";
import type { SourceOfRecord } from "./source-of-record.ts";

/** Data of a published record that the aid itself does not contain. */
export interface RecordFacts extends SourceOfRecord {
  /** Number in the API; null before it has one. */
  readonly number: number | null;
  /** ISO instants of its creation and last change. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Its slug. */
  readonly slug: string;
  /** Fields with a value of a person of ours. */
  readonly edited: readonly AidField[];
  readonly backerNumbers: BackerNumbers;
}

/**
 * Returns an aid as the API publishes it. Fields have the names of Aides-territoires'
 * API; `id` is the aid's number, dates are instants; `aid_id`, `publisher`, `filled_by_moisson` and the keys about reuse are ours.
 */
export function openDataRecord(aid: PublicAid, facts: RecordFacts): Record<string, unknown> {
  const { number, slug, siren, createdAt, updatedAt, edited, constants, backerNumbers, ...source } = facts;
  const publisher = { connector: aid.connector, name: source.publisher, siren };
  const dates = { date_created: createdAt, date_updated: updatedAt, source_updated_date: aid.sourceUpdatedDate };
  const record = aidesTerritoiresRecord(aid, source, backerNumbers);
  return {
    ...record,
    ...reuseOfRecord(aid, record, { ...source, ours: [...constants, ...edited] }),
    ...dates,
    id: number,
    slug,
    url: `/aides/${slug}/`,
    aid_id: aid.aidId,
    publisher,
    filled_by_moisson: (aid.filledByMoisson ?? []).map(({ field, rule, confirmed }) => ({ field: recordKey(field), rule, confirmed })),
  };
}
