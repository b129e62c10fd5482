import { sql } from "drizzle-orm";
import type { AidContent } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import type { StagedAid } from "../../model/plan/plan.ts";
import { type HeldColumns, heldAid, heldColumns } from "../aids/held-aid.ts";
import type { RunClaim } from "../runs/staging-repository.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";
import type { DifferingPair } from "./differing-pair.ts";

/** An aid's content, as far as it is filled. */
type Filled = Partial<AidContent>;

const aidsAPage = 500;

/** What a plan that is being made asks of the catalogue: whom it may have recognised, and what its guards look at. */
export class PlanMaterial {
  constructor(protected readonly store: Store) {}

  /** Aids of the connector that were not received: missing in this plan, withdrawn, rejected or merged (`isOff`); pages. */
  async *lostAids(planId: string, run: RunClaim): AsyncGenerator<{ aidId: string; isOff: boolean; content: Filled }[]> {
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      const rows = await this.store.rows<{ aidId: string; isOff: boolean; content: Filled }>(sql`
        select aids.aid_id as "aidId", aids.status in ('deleted', 'merged') as "isOff", aids.imported as content from aids
        where aids.connector = ${run.connector} and aids.aid_id > ${after}::uuid and (
          exists (select from planned_absences planned where planned.plan_id = ${planId}::uuid and planned.aid_id = aids.aid_id)
          or (aids.withdrawn_at is not null or aids.status in ('deleted', 'merged')) and not exists (
            select from staged_aids staged where staged.run_id = ${run.runId}::uuid and staged.external_id = aids.external_id))
        order by aids.aid_id limit ${aidsAPage}`);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last.aidId;
    }
  }

  /** Aids of the connector that its feed goes on bringing, and that have one of these texts as their title or link; pages. */
  async *stayingAids(planId: string, run: RunClaim, texts: ReadonlySet<string>): AsyncGenerator<{ aidId: string; content: Filled }[]> {
    const asked = storableJson([...texts]);
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      const rows = await this.store.rows<{ aidId: string; content: Filled }>(sql`
        with texts as (select distinct jsonb_array_elements_text(${asked}::jsonb) as text)
        select aids.aid_id as "aidId", aids.imported as content from aids
        where aids.connector = ${run.connector} and aids.aid_id > ${after}::uuid and aids.withdrawn_at is null and aids.status not in ('deleted', 'merged')
          and not exists (select from planned_absences planned where planned.plan_id = ${planId}::uuid and planned.aid_id = aids.aid_id)
          and (aids.imported ->> 'name' in (select text from texts) or aids.imported ->> 'originUrl' in (select text from texts)
            or aids.imported ->> 'applicationUrl' in (select text from texts))
        order by aids.aid_id limit ${aidsAPage}`);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last.aidId;
    }
  }

  /** Aids that a plan of a run in progress would create; pages. */
  async *createdAids(planId: string, runId: string): AsyncGenerator<{ externalId: string; content: Filled }[]> {
    for (let after = ""; ; ) {
      const rows = await this.store.rows<{ externalId: string; content: Filled }>(sql`
        select staged.external_id as "externalId", staged.content from changes
          join staged_aids staged on staged.run_id = ${runId}::uuid and staged.external_id = changes.external_id
        where changes.plan_id = ${planId}::uuid and changes.kind = 'create' and changes.external_id > ${after}
        order by changes.external_id limit ${aidsAPage}`);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < aidsAPage) return;
      after = last.externalId;
    }
  }

  /** Staged aids beside aids that we hold under another id. */
  async pairs(runId: string, asked: readonly { readonly aidId: string; readonly externalId: string }[]): Promise<DifferingPair[]> {
    const rows = await this.store.rows<Omit<StagedAid, "content"> & HeldColumns & { content: Filled; heldId: string }>(sql`
      select staged.external_id as "externalId", staged.locator, staged.record_hash as "recordHash", staged.content, staged.memo,
        staged.fingerprint, aids.external_id as "heldId", ${heldColumns}
      from jsonb_to_recordset(${storableJson(asked)}::jsonb) as asked ("aidId" uuid, "externalId" text)
        join aids on aids.aid_id = asked."aidId"
        join staged_aids staged on staged.run_id = ${runId}::uuid and staged.external_id = asked."externalId"`);
    return rows.map((row) => {
      const { externalId, locator, recordHash, fingerprint, memo } = row;
      const staged = { externalId, locator, recordHash, fingerprint, content: wholeContent(row.content), memo };
      return { staged, held: heldAid(row, row.heldId) };
    });
  }

  /** Takes creations out of a plan that is being made. */
  async dropCreations(planId: string, externalIds: readonly string[]): Promise<void> {
    if (externalIds.length === 0) return;
    await this.store.rows(sql`
      delete from changes where plan_id = ${planId}::uuid and kind = 'create'
        and external_id in (select jsonb_array_elements_text(${storableJson(externalIds)}::jsonb))`);
  }

  /**
   * Creations that are aids of our own catalogue which come back through a feed: under our id, under a universal id (UUID) of another connector's, or with our
   * site's address of an aid as their page. `of`: `connector/externalId` of ours.
   */
  async ourOwn(planId: string, connector: string): Promise<{ externalId: string; of: string }[]> {
    return this.store.rows(sql`
      with fresh as (
        select changes.external_id, staged.content ->> 'originUrl' as link from changes join plans on plans.id = changes.plan_id
          join staged_aids staged on staged.run_id = plans.run_id and staged.external_id = changes.external_id
        where changes.plan_id = ${planId}::uuid and changes.kind = 'create'
      ), universal as (
        select external_id, lower(external_id) as id from fresh where external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      ), ours as (
        select universal.external_id, aids.connector || '/' || aids.external_id as of from universal join aids on aids.aid_id = universal.id::uuid
        where aids.connector <> ${connector}
        union all
        select universal.external_id, aids.connector || '/' || aids.external_id from universal join aids on aids.external_id = universal.external_id
        where aids.connector <> ${connector} and aids.external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        union all
        select fresh.external_id, aids.connector || '/' || aids.external_id from fresh join aids on aids.site_url = fresh.link
      )
      select external_id as "externalId", min(of) as of from ours group by external_id order by external_id`);
  }

  /** The first ids that a plan would create or give to an aid. */
  async newIds(planId: string, examples: number): Promise<string[]> {
    const rows = await this.store.rows<{ externalId: string }>(sql`
      select external_id as "externalId" from changes where plan_id = ${planId}::uuid and kind in ('create', 're-identify')
      order by external_id limit ${examples}`);
    return rows.map(({ externalId }) => externalId);
  }

  /** Hosts of all links of a connector's aids, without `www.`, as last imported. */
  async linkHosts(connector: string): Promise<Set<string>> {
    const rows = await this.store.rows<{ host: string | null }>(sql`
      select distinct regexp_replace(lower(substring(link from '^https?://(?:[^/@]*@)?([^/:?#]+)')), '^www\\.', '') as host
      from aids cross join lateral (values (imported ->> 'originUrl'), (imported ->> 'applicationUrl')) as links (link)
      where aids.connector = ${connector} and link is not null`);
    return new Set(rows.flatMap(({ host }) => host ?? []));
  }

  /** Of the aids of a plan's feed: how many have a deadline, and whose is past after `today`. Incoming where it was read, else as last imported. */
  async deadlines(
    planId: string,
    run: RunClaim,
    today: string,
    examples: number,
  ): Promise<{ withDeadline: number; past: { count: number; examples: string[] } }> {
    return this.store.row(sql`
      with received as (
        select external_id, content ->> 'submissionDeadline' as deadline from staged_aids where run_id = ${run.runId}::uuid
        union all
        select aids.external_id, aids.imported ->> 'submissionDeadline' from aids
        where aids.connector = ${run.connector} and aids.withdrawn_at is null and aids.status not in ('deleted', 'merged')
          and not exists (select from planned_absences planned where planned.plan_id = ${planId}::uuid and planned.aid_id = aids.aid_id)
          and not exists (select from staged_aids staged where staged.run_id = ${run.runId}::uuid and staged.external_id = aids.external_id)
      ), past as (select external_id from received where deadline <= ${today})
      select (select count(*)::int from received where deadline is not null) as "withDeadline",
        jsonb_build_object('count', (select count(*) from past), 'examples',
          coalesce((select jsonb_agg(external_id) from (select external_id from past order by external_id limit ${examples}) first), '[]')) as past`);
  }

  /** The description that most of the aids share that a run staged: how many, of how many, and which. */
  async repeatedDescription(runId: string, examples: number): Promise<{ count: number; of: number; examples: string[] }> {
    const [found] = await this.store.rows<{ count: number; of: number; examples: string[] }>(sql`
      with described as (
        select external_id, md5(content ->> 'description') as description from staged_aids
        where run_id = ${runId}::uuid and content ->> 'description' is not null limit ${describedAtMost}
      ), most as (select description, count(*)::int as count from described group by description order by count desc, description limit 1)
      select most.count, (select count(*)::int from described) as of,
        (select jsonb_agg(external_id) from (
          select external_id from described where described.description = most.description order by external_id limit ${examples}) first) as examples
      from most`);
    return found ?? { count: 0, of: 0, examples: [] };
  }
}

/** Descriptions that are compared with each other: it is only a warning, and a first import of a hundred thousand is no place to wait for it. */
const describedAtMost = 20_000;
