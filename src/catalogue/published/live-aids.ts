import { sql } from "drizzle-orm";
import type { Aid } from "../../model/aid/aid.ts";
import { type AidRow, aidColumns, aidOf } from "../aids/aid-row.ts";
import { isoInstant } from "../iso-instant.ts";
import type { Store } from "../store.ts";

/** An aid that is live, with ISO instants of when it came and of its last change, with its number in the API and all its names in addresses; null and none where the index has not come to it. */
export interface LiveAid {
  readonly aid: Aid;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly number: number | null;
  readonly slugs: readonly string[];
}

const aidsAPage = 250;
/** A UUID and what parts it from the next. */
const idLength = 37;

/**
 * What is live, published and not withdrawn, in pages, in the order of its identifier in the national schema: the publisher's where that is
 * a UUID, else ours; those of one identifier in the order of their connectors. Ids alone are held; what goes meanwhile is left out.
 */
export async function* liveAids(store: Store): AsyncGenerator<LiveAid[]> {
  const { ids } = await store.row<{ ids: string }>(sql`
    select coalesce(string_agg(aid_id::text, ',' order by key collate "C", connector, external_id), '') as ids from (
      select aid_id, connector, external_id,
        case when external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then lower(external_id) else aid_id::text end as key
      from aids where status = 'published' and withdrawn_at is null) live`);
  const pageLength = idLength * aidsAPage;
  // The next page is asked for while this one is worked on.
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
    from unnest(string_to_array(${ids}, ',')::uuid[]) with ordinality picked (id, place) join aids on aids.aid_id = picked.id
    where status = 'published' and withdrawn_at is null order by picked.place`);
  return rows.map(({ createdAt, updatedAt, number, slugs, ...row }) => ({ aid: aidOf(row), createdAt, updatedAt, number, slugs }));
}
