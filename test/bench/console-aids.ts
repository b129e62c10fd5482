import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { beginRevisions, orderRevisions } from "../../src/catalogue/plans/order-changes.ts";
import type { Store } from "../../src/catalogue/store.ts";
import { runIngestion } from "../../src/ingest/run.ts";
import type { Services } from "../../src/ingest/run-inputs.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { insertAids } from "../support/insert-aids.ts";

const data = (name: string) => fileURLToPath(new URL(`../../../shared/data/aids/${name}`, import.meta.url));

/** Real feeds, by connector. */
export const realFeeds = {
  "aides-territoires": data("AT_aides_full_2021-11.json"),
  "tee-programmes": data("tee_programs_large.json"),
} as const;

/**
 * Imports real feeds, then this many copies of their aids for other connectors. All but one in thirty copies have a title of their own.
 * One in eight is in review, two in three have a deadline, and one in fifty has a proposal: half of them the same new paragraph. Finally adds their history.
 */
export async function fillAids(
  store: Store,
  services: Services,
  connectors: readonly LoadedConnector[],
  ids: readonly string[],
  aids: number,
): Promise<void> {
  for (const [id, file] of Object.entries(realFeeds)) {
    const connector = connectors.find(({ definition }) => definition.id === id);
    if (connector === undefined) throw new Error(`There is no connector ${id}.`);
    const report = await runIngestion(connector, services, { file });
    if (report.counts.created === 0) throw new Error(`${id} brought no aid: ${report.outcome}`);
  }
  await insertAids(
    store,
    sql`
    with source as (select *, row_number() over (order by aid_id) - 1 as place, count(*) over () as many from aids_with_source)
    select gen_random_uuid() as aid_id, (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)))[n % ${ids.length} + 1] as connector,
      external_id || '-' || n as external_id,
      case when n % 8 = 0 then 'reviewable' when n % 97 = 0 then 'deleted' else 'published' end as status,
      case when n % 8 <> 0 and n % 11 = 0 then current_date - (n % 300)::int end as withdrawn_at, fingerprint,
      imported || jsonb_build_object('name', left(imported ->> 'name', 150) || case when n % 30 = 0 then '' else ', ' || n end)
        || case when n % 3 = 0 then '{}' else jsonb_build_object('submissionDeadline', (current_date - 200 + (n % 700)::int)::text) end
        || case when n % 100 = 1 then jsonb_build_object('description', coalesce(imported ->> 'description', '') || '<p>Les dossiers se déposent en ligne.</p>') else '{}' end as imported,
      kept || case n % 100 when 1 then jsonb_build_object('description', coalesce(imported ->> 'description', '')) when 51 then jsonb_build_object('name', left(imported ->> 'name', 100) || ' 2025') else '{}' end as kept, edits,
      case when n % 50 = 1 then jsonb_build_object(case n % 100 when 1 then 'description' else 'name' end, jsonb_build_object('runId', gen_random_uuid(), 'at', now() - n * interval '1 minute')) else '{}' end as proposals,
      memo, now() - n * interval '9 minutes' as created_at, now() - n * interval '4 minutes' as updated_at
    from generate_series(0, ${aids} - 1) n join source on source.place = n % source.many`,
  );
  await store.transaction(async (transaction) => {
    const batch = await beginRevisions(transaction, null);
    await transaction.rows(sql`
      insert into aid_history (aid_id, revision, batch, place, at, kind, fields)
      select aid_id, 1, ${batch.id}::bigint, row_number() over (order by aid_id), created_at, 'create', '{}' from aids where connector like 'producteur-%'`);
    await orderRevisions(transaction, batch, new Date());
  });
  await store.rows(sql`analyze`);
}
