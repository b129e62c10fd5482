import { type SQL, sql } from "drizzle-orm";
import type { AidContent, AidField } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import type { Change, FollowedChange, Match, StagedAid, StoredAid } from "../../model/plan/plan.ts";
import type { DateFigures, RepeatedText } from "../../model/plan/staged-figures.ts";
import { storableJson } from "../../model/text/storable.ts";
import { type StoredColumns, storedAid, storedColumns } from "../aids/stored-aid.ts";
import type { RunClaim } from "../runs/staging-repository.ts";
import type { Store } from "../store.ts";

/**
 * The stored and the received version of an aid, if they differ. `contents`: ids of their contents, to which a change can refer; null if the
 * received content has the id of another aid.
 */
export interface DifferingPair {
  readonly staged: StagedAid;
  readonly stored: StoredAid;
  readonly contents: { readonly last: number; readonly next: number } | null;
}

/** The filled fields of an aid's content. */
type Filled = Partial<AidContent>;

/** An aid of a feed, as received. */
interface ReceivedAid {
  readonly externalId: string;
  readonly content: Filled;
}

interface RecordChangeRow extends StoredColumns, Pick<Change, "kind" | "fields">, Pick<FollowedChange, "memo" | "isDoubtful"> {
  readonly changedId: string;
  readonly changedAid: string;
  readonly received: Filled;
}

const aidsAPage = 500;

/** Reads data for a plan in preparation: candidates for recognised aids, and facts for the guards. */
export class PlanMaterial {
  constructor(protected readonly store: Store) {}

  /**
   * Lists, in pages, aids of the connector that the feed does not contain: missing aids, withdrawn aids, and rejected or merged aids
   * (`isOff`).
   */
  async *lostAids(planId: string, run: RunClaim): AsyncGenerator<{ aidId: string; isOff: boolean; content: Filled }[]> {
    yield* this.store.pages<{ aidId: string; isOff: boolean; content: Filled }, "aidId">(
      aidsAPage,
      { aidId: "00000000-0000-0000-0000-000000000000" },
      (after) => sql`
        select aids.aid_id as "aidId", aids.status in ('deleted', 'merged') as "isOff", aids.imported as content from aids_with_source aids
        where aids.connector = ${run.connector} and aids.aid_id > ${after.aidId}::uuid and (
          aids.aid_id in (select planned.aid_id from planned_absences planned where planned.plan_id = ${planId}::uuid)
          or (aids.withdrawn_at is not null or aids.status in ('deleted', 'merged')) and not exists (
            select from staged_aids staged where staged.run_id = ${run.runId}::uuid and staged.external_id = aids.external_id))
        order by aids.aid_id limit ${aidsAPage}`,
    );
  }

  /** Lists, in pages, aids still in the connector's feed that have one of these texts as title or link. */
  async *stayingAids(planId: string, run: RunClaim, texts: ReadonlySet<string>): AsyncGenerator<{ aidId: string; content: Filled }[]> {
    const wanted = storableJson([...texts]);
    yield* this.store.pages<{ aidId: string; content: Filled }, "aidId">(
      aidsAPage,
      { aidId: "00000000-0000-0000-0000-000000000000" },
      (after) => sql`
        with texts as (select distinct jsonb_array_elements_text(${wanted}::jsonb) as text)
        select aids.aid_id as "aidId", aids.imported as content from aids_with_source aids
        where aids.connector = ${run.connector} and aids.aid_id > ${after.aidId}::uuid and aids.withdrawn_at is null and aids.status not in ('deleted', 'merged')
          and aids.aid_id not in (select planned.aid_id from planned_absences planned where planned.plan_id = ${planId}::uuid)
          and (aids.imported ->> 'name' in (select text from texts) or aids.imported ->> 'originUrl' in (select text from texts)
            or aids.imported ->> 'applicationUrl' in (select text from texts))
        order by aids.aid_id limit ${aidsAPage}`,
    );
  }

  /** Lists, in pages, the aids that a plan of a run in progress would create. */
  createdAids(planId: string, runId: string): AsyncGenerator<ReceivedAid[]> {
    return receivedAids(this.store, planId, runId, sql`changes.kind = 'create'`);
  }

  /** Returns each of these stored aids (`aidId`) with the staged aid that has its new external id. */
  async pairs(runId: string, wanted: readonly { readonly aidId: string; readonly externalId: string }[]): Promise<DifferingPair[]> {
    const rows = await this.store.rows<Omit<StagedAid, "content"> & StoredColumns & { content: Filled; storedId: string }>(sql`
      select staged.external_id as "externalId", staged.locator, staged.record_hash as "recordHash", contents.content, staged.memo,
        staged.fingerprint, aids.external_id as "storedId", ${storedColumns}
      from jsonb_to_recordset(${storableJson(wanted)}::jsonb) as wanted ("aidId" uuid, "externalId" text)
        join aids_with_source aids on aids.aid_id = wanted."aidId"
        join staged_aids staged on staged.run_id = ${runId}::uuid and staged.external_id = wanted."externalId"
        join contents on contents.id = staged.content_id`);
    return rows.map((row) => {
      const { externalId, locator, recordHash, fingerprint, memo } = row;
      const staged = { externalId, locator, recordHash, fingerprint, content: wholeContent(row.content), memo };
      return { staged, stored: storedAid(row, row.storedId), contents: null };
    });
  }

  /**
   * Lists, in pages, the changes of a run's plan in preparation that come from a record, with the stored aid and the received one. Leaves out
   * new aids that become a source of another one. `isDoubtful`: the plan has a remark that the aid may be known already, or contradicts
   * another one.
   */
  async *followedChanges(planId: string, runId: string): AsyncGenerator<FollowedChange[]> {
    const pages = this.store.pages<RecordChangeRow, "changedId">(
      aidsAPage,
      { changedId: "" },
      (after) => sql`
        select changes.external_id as "changedId", changes.aid_id as "changedAid", changes.kind, changes.fields, contents.content as received, staged.memo,
          ${storedColumns}, exists (
            select from plan_remarks remarks where remarks.plan_id = changes.plan_id and remarks.code <> 'linked-elsewhere'
              and (remarks.external_id = changes.external_id or remarks.aid_id = changes.aid_id)) as "isDoubtful"
        from changes_with_values changes
          join staged_aids staged on staged.run_id = ${runId}::uuid and staged.external_id = changes.external_id
          join contents on contents.id = staged.content_id
          left join aids_with_source aids on changes.kind <> 'create' and aids.aid_id = changes.aid_id
        where changes.plan_id = ${planId}::uuid and changes.external_id > ${after.changedId} and changes.kind in ('create', 'update', 'restore', 're-identify')
          and coalesce(changes.state ->> 'status', '') <> 'merged'
        order by changes.external_id limit ${aidsAPage}`,
    );
    for await (const rows of pages) {
      yield rows.map((row) => ({
        change: { aidId: row.changedAid, externalId: row.changedId, kind: row.kind, fields: row.fields },
        stored: row.kind === "create" ? null : storedAid(row, row.changedId),
        received: wholeContent(row.received),
        memo: row.memo,
        isDoubtful: row.isDoubtful,
      }));
    }
  }

  /** Adds fields and publications to the changes of a plan in preparation. */
  async addToChanges(
    planId: string,
    added: readonly { readonly aidId: string; readonly fields: Change["fields"]; readonly publishes: boolean }[],
  ): Promise<void> {
    if (added.length === 0) return;
    await this.store.rows(sql`
      update changes set fields = changes.fields || added.fields,
        state = case when added.publishes then coalesce(changes.state, '{}') || '{"status": "published"}' else changes.state end
      from jsonb_to_recordset(${storableJson(added)}::jsonb) as added ("aidId" uuid, fields jsonb, publishes boolean)
      where changes.plan_id = ${planId}::uuid and changes.aid_id = added."aidId"`);
  }

  /** Removes creations from a plan in preparation. */
  async dropCreations(planId: string, externalIds: readonly string[]): Promise<void> {
    if (externalIds.length === 0) return;
    await this.store.rows(sql`
      delete from changes where plan_id = ${planId}::uuid and kind = 'create'
        and external_id in (select jsonb_array_elements_text(${storableJson(externalIds)}::jsonb))`);
  }

  /** Lists, in pages, the stored aids whose change in a plan of a run in progress concerns one of these fields, as they were received. */
  changedAids(planId: string, runId: string, fields: readonly AidField[]): AsyncGenerator<ReceivedAid[]> {
    const wanted = sql`array(select jsonb_array_elements_text(${storableJson(fields)}::jsonb))`;
    return receivedAids(this.store, planId, runId, sql`changes.kind <> 'create' and changes.field_names ?| ${wanted}`);
  }

  /** Returns the other sources of a connector's aids: those of other connectors that are linked to them, with their own values. */
  async linkedSources(
    connector: string,
    externalIds: readonly string[],
  ): Promise<{ externalId: string; aidId: string; connector: string; otherId: string; content: Filled }[]> {
    if (externalIds.length === 0) return [];
    return this.store.rows(sql`
      select mine.external_id as "externalId", other.aid_id as "aidId", other.connector, other.external_id as "otherId", other.own as content
      from jsonb_array_elements_text(${storableJson(externalIds)}::jsonb) as picked (id)
        join aids mine on mine.connector = ${connector} and mine.external_id = picked.id
        cross join lateral (
          select aid_id from aids where mine.status = 'merged' and aid_id = mine.merged_into
          union all select aid_id from aids where status = 'merged' and merged_into = mine.aid_id
          union all select aid_id from aids where mine.status = 'merged' and status = 'merged' and merged_into = mine.merged_into
        ) linked join aids_with_source other on other.aid_id = linked.aid_id
      where other.connector <> ${connector} and other.withdrawn_at is null order by mine.external_id, other.connector, other.external_id`);
  }

  /**
   * Turns creations into links: the new aid becomes a further source of the stored aid `aidId`. Skips an aid that already has a source of
   * this connector, or whose connector does not allow links. Returns the external ids of the linked aids.
   */
  async linkCreations(
    planId: string,
    connector: string,
    wanted: readonly { readonly externalId: string; readonly aidId: string; readonly match: Match & { readonly with: string } }[],
  ): Promise<string[]> {
    if (wanted.length === 0) return [];
    return this.store.values<string>(sql`
      update changes set state = jsonb_build_object('status', 'merged', 'mergedInto', head.aid_id), match = wanted.match
      from jsonb_to_recordset(${storableJson(wanted)}::jsonb) as wanted ("externalId" text, "aidId" uuid, match jsonb)
        join aids head on head.aid_id = wanted."aidId" join connectors on connectors.id = head.connector
      where changes.plan_id = ${planId}::uuid and changes.kind = 'create' and changes.external_id = wanted."externalId"
        and coalesce((connectors.sharing ->> 'link')::boolean, false) and head.connector <> ${connector}
        and not exists (
          select from aids other where other.merged_into = head.aid_id and other.connector = ${connector} and other.status = 'merged')
      returning changes.external_id as "externalId"`);
  }

  /**
   * Lists creations that are our own aids, which come back through a feed. They have our id, the UUID of another connector's aid, or the
   * address of one of our pages. `of`: `connector/externalId` of our aid.
   */
  async ourOwn(planId: string, connector: string): Promise<{ externalId: string; of: string }[]> {
    return this.store.rows(sql`
      with fresh as (
        select changes.external_id, contents.content ->> 'originUrl' as link from changes join plans on plans.id = changes.plan_id
          join staged_aids staged on staged.run_id = plans.run_id and staged.external_id = changes.external_id
          join contents on contents.id = staged.content_id
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

  /** Returns the first external ids that a plan would create or assign. */
  async newIds(planId: string, examples: number): Promise<string[]> {
    return this.store.values<string>(sql`
      select external_id as "externalId" from changes where plan_id = ${planId}::uuid and kind in ('create', 're-identify')
      order by external_id limit ${examples}`);
  }

  /** Returns the hosts of all links of a connector's aids, without `www.`, as last imported. */
  async linkHosts(connector: string): Promise<Set<string>> {
    const hosts = await this.store.values<string | null>(sql`
      select distinct regexp_replace(lower(substring(link from '^https?://(?:[^/@]*@)?([^/:?#]+)')), '^www\\.', '') as host
      from aids_with_source aids cross join lateral (values (imported ->> 'originUrl'), (imported ->> 'applicationUrl')) as links (link)
      where aids.connector = ${connector} and link is not null`);
    return new Set(hosts.filter((host) => host !== null));
  }

  /**
   * Counts the deadlines in a plan's feed, and the deadlines that are past on `today`. Unchanged aids are not staged; uses their stored
   * values.
   */
  async deadlines(
    planId: string,
    run: RunClaim,
    today: string,
    examples: number,
  ): Promise<{ withDeadline: number; past: { count: number; examples: string[] } }> {
    return this.store.row(sql`
      with received as (
        select external_id, content ->> 'submissionDeadline' as deadline from staged_aids join contents on contents.id = content_id
        where run_id = ${run.runId}::uuid
        union all
        select aids.external_id, aids.imported ->> 'submissionDeadline' from aids_with_source aids
        where aids.connector = ${run.connector} and aids.withdrawn_at is null and aids.status not in ('deleted', 'merged')
          and not exists (select from planned_absences planned where planned.plan_id = ${planId}::uuid and planned.aid_id = aids.aid_id)
          and not exists (select from staged_aids staged where staged.run_id = ${run.runId}::uuid and staged.external_id = aids.external_id)
      ), past as (select external_id from received where deadline <= ${today})
      select (select count(*)::int from received where deadline is not null) as "withDeadline",
        jsonb_build_object('count', (select count(*) from past), 'examples',
          coalesce((select jsonb_agg(external_id) from (select external_id from past order by external_id limit ${examples}) first), '[]')) as past`);
  }

  /** Returns the most frequent value of each text field among the staged aids of a run: its count, the filled fields, and examples. */
  async repeatedTexts(runId: string, examples: number): Promise<RepeatedText[]> {
    return this.store.rows<RepeatedText>(sql`
      with texts as materialized (
        select external_id, field, md5(text) as text from ${someStaged(runId)},
          lateral (values ('description', content ->> 'description'), ('eligibility', content ->> 'eligibility'), ('contact', content ->> 'contact')) as texts (field, text)
        where text is not null
      ), counted as (select field, text, count(*)::int as count from texts group by field, text),
      most as (select distinct on (field) field, text, count from counted order by field, count desc, text)
      select field, count, (select count(*)::int from texts where texts.field = most.field) as of,
        (select jsonb_agg(external_id) from (
          select external_id from texts where texts.field = most.field and texts.text = most.text order by external_id limit ${examples}) first) as examples
      from most order by count desc, field`);
  }

  /** Returns the figures of each date field of the staged aids of a run. Examples are external ids with their dates. */
  async dateFigures(runId: string, today: string, examples: number): Promise<DateFigures[]> {
    return this.store.rows<DateFigures>(sql`
      with dates as materialized (
        select external_id, field, date, substring(date from 9)::int as day from ${someStaged(runId)},
          lateral (values ('startDate', content ->> 'startDate'), ('submissionDeadline', content ->> 'submissionDeadline')) as dates (field, date)
        where date is not null
      )
      select field, count(*)::int as count, (count(*) filter (where day > 1))::int as "notFirst",
        (count(*) filter (where day > 12))::int as "afterTwelfth", (count(distinct day) filter (where day > 1))::int as "differentDays",
        (count(*) filter (where day = 1 or date like '%-12-31'))::int as conventional, (count(*) filter (where date <= ${today}))::int as past,
        (select jsonb_agg(external_id || ' (' || date || ')') from (
          select external_id, date from dates few where few.field = dates.field order by day = 1, external_id limit ${examples}) first) as examples
      from dates group by field order by field`);
  }
}

/** Maximum number of aids to examine, because a large first import must not wait for these figures. */
const maxExamined = 5_000;

function someStaged(runId: string) {
  return sql`(select external_id, content from staged_aids join contents on contents.id = content_id where run_id = ${runId}::uuid limit ${maxExamined}) as staged`;
}

/** Lists, in pages, the aids of a plan's changes under a condition, as a run in progress received them. */
function receivedAids(store: Store, planId: string, runId: string, condition: SQL): AsyncGenerator<ReceivedAid[]> {
  return store.pages<ReceivedAid, "externalId">(
    aidsAPage,
    { externalId: "" },
    (after) => sql`
      select staged.external_id as "externalId", contents.content from changes
        join staged_aids staged on staged.run_id = ${runId}::uuid and staged.external_id = changes.external_id
        join contents on contents.id = staged.content_id
      where changes.plan_id = ${planId}::uuid and changes.external_id > ${after.externalId} and ${condition}
      order by changes.external_id limit ${aidsAPage}`,
  );
}
