import { sql } from "drizzle-orm";
import type { Aid } from "../../model/aid/aid.ts";
import { type AidRow, aidColumns, aidOf } from "../aids/aid-row.ts";
import { isoInstant, type Store } from "../store.ts";

/**
 * A live aid with ISO instants of its creation and last change, its API number and all its slugs. It has no number and no slugs until it is
 * indexed.
 */
export interface LiveAid {
  readonly aid: Aid;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly number: number | null;
  readonly slugs: readonly string[];
}

const aidsAPage = 250;
/** A UUID and a separator. */
const idLength = 37;

/**
 * Lists live aids (published and not withdrawn) in pages, by their identifier in the national schema: the publisher's if it is a UUID,
 * otherwise ours; then by connector. Only the ids are all in memory. Aids withdrawn or unpublished while the list is read are left out.
 */
export async function* liveAids(store: Store): AsyncGenerator<LiveAid[]> {
  const { ids } = await store.row<{ ids: string }>(sql`
    select coalesce(string_agg(aid_id::text, ',' order by key collate "C", connector, external_id), '') as ids from (
      select aid_id, connector, external_id,
        case when external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then lower(external_id) else aid_id::text end as key
      from aids where status = 'published' and withdrawn_at is null) live`);
  const pageLength = idLength * aidsAPage;
  // Requests the next page while this one is processed.
  let next = ids === "" ? null : pageOf(store, ids.slice(0, pageLength - 1));
  for (let from = pageLength; next !== null; from += pageLength) {
    const page = await next;
    next = from < ids.length ? pageOf(store, ids.slice(from, from + pageLength - 1)) : null;
    next?.catch(() => undefined);
    yield page;
  }
}

async function pageOf(store: Store, ids: string): Promise<LiveAid[]> {
  const rows = await store.rows<AidRow & Omit<LiveAid, "aid">>(sql`
    select ${aidColumns}, ${isoInstant(sql`created_at`)} as "createdAt", ${isoInstant(sql`updated_at`)} as "updatedAt", (select number::float8 from aid_numbers known where known.aid_id = aids.aid_id) as number,
      coalesce((select jsonb_agg(slug) from aid_slugs known where known.aid_id = aids.aid_id), '[]') as slugs
    from unnest(string_to_array(${ids}, ',')::uuid[]) with ordinality picked (id, place) join aids_with_source aids on aids.aid_id = picked.id
    where status = 'published' and withdrawn_at is null order by picked.place`);
  return rows.map(({ createdAt, updatedAt, number, slugs, ...row }) => ({ aid: aidOf(row), createdAt, updatedAt, number, slugs }));
}
