import { type SQL, sql } from "drizzle-orm";
import type { Store } from "../store.ts";

const aidsAPage = 250;
/** A UUID and a separator. */
const idLength = 37;

/**
 * Reads aids in pages by their identifier in the national schema: the publisher's if it is a UUID, otherwise ours; then in canonical order.
 * Only the ids are all in memory. `aids`: a query with the columns `aid_id`, `connector`, `external_id`; `read`: reads the aids of a page.
 */
export async function* inSchemaOrder<Row>(store: Store, aids: SQL, read: (picked: SQL) => Promise<Row[]>): AsyncGenerator<Row[]> {
  const ids = await store.value<string>(sql`
    select coalesce(string_agg(aid_id::text, ',' order by key collate "C", connector, external_id), '') as ids from (
      select aid_id, connector, external_id,
        case when external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then lower(external_id) else aid_id::text end as key
      from (${aids}) listed) keyed`);
  const pageLength = idLength * aidsAPage;
  const pageAt = (from: number) => {
    const page = ids.slice(from, from + pageLength - 1);
    const reading = read(sql`unnest(string_to_array(${page}, ',')::uuid[]) with ordinality picked (id, place)`);
    reading.catch(() => undefined); // thrown when the page is read
    return reading;
  };
  // Requests the next page while this one is processed.
  let next = ids === "" ? null : pageAt(0);
  for (let from = pageLength; next !== null; from += pageLength) {
    const page = await next;
    next = from < ids.length ? pageAt(from) : null;
    yield page;
  }
}
