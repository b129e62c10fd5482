import { type AidField, aidFields } from "../../model/aid/aid.ts";
import type { PublicAid } from "../../model/aid/public-aid.ts";
import { labelOf } from "../../model/vocabularies.ts";
import { aidesTerritoiresRecord, type BackerNumbers } from "./aides-territoires-record.ts";
import { termNumber } from "./numbers/term-numbers.ts";
import { recordKey, reuseOfRecord } from "./reuse-of-record.ts";
import type { SourceOfRecord } from "./source-of-record.ts";

/** Data of a published record that the aid itself does not contain. */
export interface RecordFacts extends SourceOfRecord {
  /** Number in the API; null before it has one. */
  readonly number: number | null;
  /** ISO instants of its creation and last change. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly slug: string;
  /** Fields with a value of a person of ours. */
  readonly edited: readonly AidField[];
  readonly backerNumbers: BackerNumbers;
}

/**
 * Returns an aid as the API publishes it. Fields have the names of Aides-territoires' API; `id` is the aid's number, dates are instants.
 * Ours are `aid_id`, `external_id`, `publisher`, `filled_by_moisson`, the keys about reuse, and the fields that the site's API lacks, so
 * that the platform `moissonRecords` can read the whole aid.
 */
export function openDataRecord(aid: PublicAid, facts: RecordFacts): Record<string, unknown> {
  const { number, slug, siren, createdAt, updatedAt, edited, constants, backerNumbers, ...source } = facts;
  const publisher = { connector: aid.connector, name: source.publisher, siren };
  const dates = { date_created: createdAt, date_updated: updatedAt, source_updated_date: aid.sourceUpdatedDate };
  const sites = aidesTerritoiresRecord(aid, source, backerNumbers);
  const record = { ...sites, ...otherFields(aid, sites), categories_full: aid.categories.map(category) };
  return {
    ...record,
    ...reuseOfRecord(aid, record, { ...source, ours: [...constants, ...edited] }),
    ...dates,
    id: number,
    slug,
    url: `/aides/${slug}/`,
    aid_id: aid.aidId,
    external_id: aid.externalId,
    publisher,
    filled_by_moisson: (aid.filledByMoisson ?? []).map(({ field, rule, confirmed }) => ({ field: recordKey(field), rule, confirmed })),
  };
}

/** Returns the fields of the aid that the site's record lacks. */
function otherFields(aid: PublicAid, sites: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = aidFields.map((field) => [field, recordKey(field)] as const);
  const missing = names.filter(([field, key]) => !(key in sites || `${key}_full` in sites || field === "sourceUpdatedDate"));
  return Object.fromEntries(missing.map(([field, key]) => [key, aid[field]]));
}

function category(slug: string): Record<string, unknown> {
  return { id: termNumber("categories", slug), slug, name: labelOf("categories", slug) };
}
