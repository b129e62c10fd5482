import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import { beginRevisions, orderRevisions } from "../../src/catalogue/plans/order-changes.ts";
import type { Store } from "../../src/catalogue/store.ts";
import type { ConsoleSize } from "./console-sizes.ts";

const counts = { created: 0, restored: 0, unchanged: 0, ignored: 0, missing: 0, withdrawn: 0, proposals: 0 };

/**
 * Adds two open plans, a large and a small one, and 300 applied plans of curators, each with an entry in the history and in the audit
 * trail.
 */
export async function fillPlans(store: Store, catalogue: Catalogue, { plans, acts }: ConsoleSize, made: number): Promise<void> {
  for (const changes of plans) await openPlan(store, catalogue, changes);
  await store.rows(sql`
    insert into plans (id, origin, connector, made_by, asked, state, complete, counts, created_at, applied_at, applied_by)
    select gen_random_uuid(), 'curator', 'producteur-' || lpad((n % ${made})::text, 3, '0'), 'Marie Dupont', '{"act": "edit"}', 'applied', true,
      ${JSON.stringify({ ...counts, updated: 1 })}::jsonb, now() - n * interval '2 hours', now() - n * interval '2 hours', 'Marie Dupont'
    from generate_series(1, 300) n`);
  await store.transaction(async (transaction) => {
    const batch = await beginRevisions(transaction, null);
    await transaction.rows(sql`
    insert into aid_history (aid_id, revision, batch, place, at, plan_id, kind, fields, by)
    select aid_id, revision + 1, ${batch.id}::bigint, row_number() over (order by aid_id), now(), plan.id, 'edit', ${JSON.stringify({ name: { last: "Un titre", current: "Un titre", incoming: "Un autre titre", action: "apply" } })}::jsonb, 'Marie Dupont'
    from (select id, connector, row_number() over (order by id) as place from plans where origin = 'curator' and state = 'applied') plan
      cross join lateral (select aid_id, revision from aids where aids.connector = plan.connector and status = 'published' order by aid_id limit 1) aid
    on conflict do nothing`);
    await orderRevisions(transaction, batch, new Date());
  });
  await store.rows(
    sql`update aids set revision = last.revision from (select aid_id, max(revision) as revision from aid_history group by aid_id) last where last.aid_id = aids.aid_id and last.revision > aids.revision`,
  );
  await store.rows(sql`
    insert into audit (at, by, act, subject, details)
    select now() - n * interval '3 minutes', (array['Marie Dupont', 'Paul Martin', 'Lou'])[n % 3 + 1], (array['aid.edit', 'run.ask', 'plan.apply', 'access.in'])[n % 4 + 1],
      'producteur-' || n % ${made}, '{"fields": ["name"]}' from generate_series(1, ${acts}) n`);
  await store.rows(sql`analyze`);
}

/** Adds a curator's plan over many connectors: two fields of each aid, a text and a date. */
async function openPlan(store: Store, catalogue: Catalogue, changes: number): Promise<void> {
  const planId = randomUUID();
  await catalogue.plans.open({
    planId,
    origin: "curator",
    connector: null,
    madeBy: `Plan de ${changes}`,
    asked: { act: "edit" },
    now: new Date(),
  });
  await store.rows(sql`
    insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields)
    select ${planId}::uuid, aid_id, external_id, case when random() < 0.002 then 'withdraw' else 'update' end, revision, jsonb_build_object(
      'description', jsonb_build_object('last', imported -> 'description', 'current', imported -> 'description', 'incoming', (imported ->> 'description') || '<p>Nouveau.</p>', 'action', 'apply'),
      'submissionDeadline', jsonb_build_object('last', '2026-12-31', 'current', '2026-12-31', 'incoming', '2027-12-31', 'action', 'apply'))
    from aids_with_source aids where connector like 'producteur-%' and status = 'published' order by aid_id limit ${changes}`);
  await store.rows(sql`analyze changes`);
  await catalogue.plans.finish(planId, { counts: { ...counts, updated: changes }, guards: [], waits: true });
}
