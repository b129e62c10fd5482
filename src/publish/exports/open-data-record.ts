import { type AidField, fieldsWhere, keyInApi } from "../../model/aid/field-table.ts";
import type { PublicAid } from "../../model/aid/public-aid.ts";
import { labelOf } from "../../model/vocabularies.ts";
import { aidesTerritoiresRecord, type BackerNumbers } from "./aides-territoires-record.ts";
import { termNumber } from "./numbers/term-numbers.ts";
import { reuseOfRecord } from "./reuse-of-record.ts";
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
  const record = {
    ...sites,
    ...Object.fromEntries(otherFields.map((field) => [keyInApi(field), aid[field]])),
    categories_full: aid.categories.map(category),
  };
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
    filled_by_moisson: (aid.filledByMoisson ?? []).map(({ field, rule, confirmed }) => ({ field: keyInApi(field), rule, confirmed })),
  };
}

/** Fields that the site's record lacks, except `source_updated_date`, which is one of the dates, and territories, which have several keys. */
const otherFields = fieldsWhere(({ isOurs, kind }) => isOurs === true && kind !== "date" && kind !== "places");

function category(slug: string): Record<string, unknown> {
  return { id: termNumber("categories", slug), slug, name: labelOf("categories", slug) };
}
