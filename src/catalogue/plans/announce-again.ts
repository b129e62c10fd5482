import { sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import type { Store } from "../store.ts";
import { beginRevisions, lastRevision, orderRevisions } from "./order-changes.ts";

/** The time of an act, and the connectors whose aids it announces again. */
interface Announcement {
  readonly connectors: readonly string[];
  readonly now: Date;
}

/**
 * Executes an act and announces the aids of connectors again, in one place of the order of changes (`batch`), so that clients that follow
 * changes read them again. Announces nothing if the act returns false. Returns what the act returns.
 */
export function announceAgain(
  store: Store,
  { connectors, now }: Announcement,
  act: (transaction: Store, batch: number) => Promise<boolean>,
): Promise<boolean> {
  return store.transaction(async (transaction) => {
    const batch = await beginRevisions(transaction, null);
    // Nobody may publish an aid between its announcement and the commit: a client would miss it.
    await transaction.lock("order of changes");
    if (!(await act(transaction, batch.id))) return false;
    await transaction.rows(sql`
      insert into reannounced_aids (batch, place, aid_id)
      select ${batch.id}::bigint, row_number() over (order by aid_id), aid_id from aids
      where connector in (select jsonb_array_elements_text(${storableJson(connectors)}::jsonb))
        and (status = 'published' or aid_id in (select aid_id from aid_numbers))`);
    const before = await transaction.value<number>(sql`select ${lastRevision}::float8 as last`);
    await orderRevisions(transaction, batch, now);
    // The search index contains nothing that the act changes, so it stays up to date.
    await transaction.rows(sql`update search_state set up_to = ${lastRevision} where up_to = ${before}::bigint`);
    return true;
  });
}
