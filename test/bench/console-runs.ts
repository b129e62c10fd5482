import { sql } from "drizzle-orm";
import type { Store } from "../../src/catalogue/store.ts";

const counts = { created: 1, updated: 4, restored: 0, unchanged: 200, ignored: 0, missing: 0, withdrawn: 0, proposals: 0 };
const ended = [
  { outcome: "unchanged", share: 0.55 },
  { outcome: "applied", share: 0.3 },
  { outcome: "applied-with-rejects", share: 0.1 },
  { outcome: "unreachable", share: 0.03 },
  { outcome: "failed", share: 1 },
] as const;

/**
 * Adds one run per connector and night, each with a report of some 20 kB and, if applied, a plan. One in fifty of the last night is held.
 */
export async function fillRuns(store: Store, connectors: readonly string[], nights: number): Promise<void> {
  const [real] = await store.rows<{ report: unknown }>(sql`select report from runs where connector = 'aides-territoires'`);
  if (real === undefined) throw new Error("The catalogue has no run of a real feed.");
  const outcome = ended.reduceRight(
    (rest, { outcome, share }) => `case when random() < ${share} then '${outcome}' else ${rest} end`,
    "'failed'",
  );
  await store.rows(sql`
    insert into connectors (id, fence, last_applied_run) select id, ${nights}::int, null from unnest(array(select jsonb_array_elements_text(${JSON.stringify(connectors)}::jsonb))) id on conflict do nothing`);
  await store.rows(sql`
    with of_connector as materialized (
      select connector, place, ${JSON.stringify(real.report)}::jsonb || jsonb_build_object('connector', connector, 'planId', null, 'issues', ${reportIssues},
        'unmappedTerms', ${reportWords}, 'counts', ${JSON.stringify({ ...counts, received: 210, skipped: 3, rejected: 2, valid: 205 })}::jsonb) as report
      from unnest(array(select jsonb_array_elements_text(${JSON.stringify(connectors)}::jsonb))) with ordinality as asked (connector, place)
    ), made as (
      select gen_random_uuid() as id, of_connector.*, n, now() - make_interval(days => ${nights} - n, hours => 3, mins => (place % 60)::int) as began,
        case when n = ${nights} and place % 50 = 7 then 'held' else ${sql.raw(outcome)} end as outcome
      from of_connector cross join generate_series(1, ${nights}) n
    )
    insert into runs (id, connector, token, state, outcome, asked_at, asked_by, started_at, ended_at, applied_at, mapping_fingerprint, options, report, staging, counts_absence)
    select id, connector, n, 'ended', outcome, began, 'schedule', began, began + interval '40 seconds', case when outcome like 'applied%' then began + interval '40 seconds' end, 'm', '{}',
      report || jsonb_build_object('runId', id, 'outcome', outcome), false, true from made`);
  await store.rows(sql`
    insert into plans (id, origin, run_id, connector, state, complete, counts, guards, created_at, applied_at, applied_by)
    select gen_random_uuid(), 'run', id, connector, case when outcome = 'held' then 'open' else 'applied' end, true,
      ${JSON.stringify(counts)}::jsonb,
      case when outcome = 'held' then ${JSON.stringify([{ code: "aids-gone", found: 30, limit: 20, examples: ["a1"], params: { of: 200, share: 0.1 } }])}::jsonb else '[]' end,
      started_at, applied_at, null
    from runs where connector like 'producteur-%' and outcome in ('applied', 'applied-with-rejects', 'held')`);
  await store.rows(sql`analyze runs, plans`);
  await store.rows(sql`
    update connectors set last_applied_run = (
      select id from runs where runs.connector = connectors.id and applied_at is not null order by token desc limit 1)
    where last_applied_run is null`);
  await store.rows(sql`
    update runs set report = report || jsonb_build_object('planId', plans.id) from plans
    where plans.run_id = runs.id and plans.origin = 'run' and runs.connector like 'producteur-%' and runs.started_at > now() - interval '3 days'`);
  await store.rows(sql`
    insert into rejected_contents (id, connector, external_id, record, reasons)
    select md5(n::text)::uuid, 'producteur', 'r' || n, jsonb_build_object('titre', repeat('Aide ', 20), 'texte', repeat(md5(n::text), 30)),
      ${JSON.stringify([{ code: "missing-name", field: "name", stage: "validate", value: null, params: {}, severity: "error" }])}::jsonb
    from generate_series(1, 500) n`);
  await store.rows(sql`
    insert into rejections (run_id, locator, content)
    select id, 'item ' || n, md5(n::text)::uuid
    from (select id from runs where outcome = 'applied-with-rejects' order by started_at desc limit 20) last cross join generate_series(1, 500) n`);
  await store.rows(sql`analyze`);
}

const reportIssues = sql`(select jsonb_agg(jsonb_build_object('code', 'unmapped-term', 'field', (array['categories', 'targetedAudiences', 'aidTypes', 'perimeters'])[n % 4 + 1], 'severity', 'warning', 'count', n,
    'examples', (select jsonb_agg(jsonb_build_object('locator', 'item ' || e, 'value', md5(random()::text || e), 'params', jsonb_build_object('from', 'theme'))) from generate_series(1, 5) e)))
    from generate_series(1, 24) n)`;

/** Unmapped words of a report: some of all connectors, some of this connector only. */
const reportWords = sql`(select jsonb_agg(jsonb_build_object('vocabulary', (array['categories', 'targetedAudiences', 'aidTypes'])[n % 3 + 1],
    'term', case when n < 6 then 'Mot commun ' || n else 'Mot ' || n || ' de ' || connector end, 'count', n)) from generate_series(1, 30) n)`;
