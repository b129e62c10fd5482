import { type SQL, sql } from "drizzle-orm";
import type {
  TracedAbsence,
  TracedAid,
  TracedPlan,
  TracedRejection,
  TracedRevision,
  TracedRun,
  TraceFacts,
  TraceHit,
} from "../../model/trace/trace.ts";
import { isoInstant, type Store } from "../store.ts";
import { findTraceHits } from "./find-trace-hits.ts";
import { curatedColumns, type StoredColumns, storedAid } from "./stored-aid.ts";
import { isRepeated, recordKey } from "./trace-conditions.ts";

/** Traces single aids through all runs. */
export class AidTraceRepository {
  constructor(private readonly store: Store) {}

  /** Finds aids by identifier, link or words of the title. See `findTraces`. */
  async find(query: string, connector?: string, isQuick = false): Promise<TraceHit[]> {
    return findTraceHits(this.store, query, { connector, isQuick });
  }

  /** Reads everything the catalogue knows about a hit. */
  async facts(hit: TraceHit): Promise<TraceFacts> {
    const { connector, aidId } = hit;
    const aid = aidId === null ? null : await this.aid(aidId);
    const revisions = aidId === null ? [] : await this.revisions(aidId);
    const known = [hit.externalId, hit.seen?.recordKey, ...revisions.map(({ before }) => before?.externalId)];
    const names = [...new Set(known.filter((name) => name !== null && name !== undefined))];
    const runs = await this.runs(connector);
    return {
      hit,
      aid,
      mergedInto: aid?.mergedInto ? await this.nameOf(aid.mergedInto) : null,
      revisions,
      runs,
      planned: aidId === null ? [] : await this.planned(aidId, connector),
      rejections: repeated(await this.rejections(connector, names, aidId === null), runs),
      absence: aidId === null ? null : await this.absence(aidId),
      remarks: await this.remarks(hit),
    };
  }

  private async aid(aidId: string): Promise<TracedAid | null> {
    const [row] = await this.store.rows<StoredColumns & Omit<TracedAid, keyof StoredColumns>>(sql`
      select ${curatedColumns}
      from aids_with_source aids where aid_id = ${aidId}::uuid`);
    return row === undefined ? null : { ...row, ...storedAid(row, row.externalId) };
  }

  private async nameOf(aidId: string): Promise<string | null> {
    return this.store.findValue<string>(sql`select connector || '/' || external_id as name from aids where aid_id = ${aidId}::uuid`);
  }

  private async runs(connector: string): Promise<TracedRun[]> {
    return this.store.rows<TracedRun>(sql`
      select id as "runId", token::float8 as token, ${isoInstant(sql`started_at`)} as "startedAt", outcome, snapshot_hash as "snapshotHash", mapping_fingerprint as "mappingFingerprint",
        coalesce(outcome = 'unchanged' and report ->> 'planId' is null, false) as "isRepeat",
        ${isoInstant(sql`applied_at`)} as "appliedAt", ${isoInstant(sql`undone_at`)} as "undoneAt", counts_absence as "countsAbsence",
        coalesce((report #>> '{counts,missing}')::int, 0) as missing,
        coalesce((report #>> '{budget,rejects,used}')::float8 > (report #>> '{budget,rejects,limit}')::float8, false) as "areRejectsCut"
      from runs where connector = ${connector} order by token`);
  }

  private async revisions(aidId: string): Promise<TracedRevision[]> {
    return this.store.rows<TracedRevision>(sql`
      select revision, ${isoInstant(sql`history.at`)} as at, kind, fields, before, by, history.note, history.run_id as "runId", plan_id as "planId", plans.origin
      from history_with_values history left join plans on plans.id = history.plan_id where aid_id = ${aidId}::uuid order by revision`);
  }

  private async planned(aidId: string, connector: string): Promise<TracedPlan[]> {
    return this.store.rows<TracedPlan>(sql`
      select plans.id as "planId", plans.run_id as "runId", plans.origin, plans.state, ${isoInstant(sql`plans.created_at`)} as "createdAt",
        ${isoInstant(sql`plans.closed_at`)} as "closedAt", plans.closed_by as "closedBy", plans.note, plans.guards, changes.kind,
        coalesce(changes.fields, '{}') as fields, prepared.locator
      from plans left join changes_with_values changes on changes.plan_id = plans.id and changes.aid_id = ${aidId}::uuid and changes.part is null
        left join planned_aids prepared on prepared.run_id = plans.run_id and prepared.external_id = changes.external_id
        left join planned_absences absent on absent.plan_id = plans.id and absent.aid_id = ${aidId}::uuid
      where ${connectorCondition(connector)} and plans.complete and plans.state <> 'applied' and (changes.aid_id is not null or absent.aid_id is not null)
      order by plans.created_at, plans.id, changes.slice`);
  }

  /** Lists rejected records. `withRepeated`: also records that repeat the identifier of another record. */
  private async rejections(connector: string, names: readonly string[], withRepeated: boolean): Promise<TracedRejection[]> {
    if (names.length === 0) return [];
    return this.store.rows<TracedRejection>(sql`
      select run_id as "runId", locator, reasons from rejected_records rejected join runs on runs.id = rejected.run_id
      where runs.connector = ${connector} and ${withRepeated ? sql`true` : sql`not ${isRepeated}`} and ${recordKey} in (${sql.join(
        names.map((name) => sql`${name}`),
        sql`, `,
      )}) order by runs.token, rejected.id`);
  }

  private async absence(aidId: string): Promise<TracedAbsence | null> {
    return this.store.find<TracedAbsence>(sql`
      select ${isoInstant(sql`since_at`)} as "sinceAt", since_token::float8 as "sinceToken", runs.token::float8 as "endedToken"
      from absences left join runs on runs.id = absences.ended_run where aid_id = ${aidId}::uuid`);
  }

  private async remarks({ aidId, externalId, connector }: TraceHit): Promise<TraceFacts["remarks"]> {
    const isAbout = aidId === null ? sql`code = 'our-own' and external_id = ${externalId}` : sql`aid_id = ${aidId}::uuid`;
    return this.store.rows(sql`
      select plan_id as "planId", ${isoInstant(sql`plans.created_at`)} as at, code, aid_id as "aidId", external_id as "externalId", params
      from plans join plan_remarks remark on remark.plan_id = plans.id
      where ${connectorCondition(connector)} and plans.complete and ${isAbout} order by plans.created_at, remark.id`);
  }
}

/**
 * Lists the rejections of every run. A run with an unchanged feed reads no records, so it gets the rejections of the run that read them.
 */
function repeated(rejections: readonly TracedRejection[], runs: readonly TracedRun[]): TracedRejection[] {
  return runs.flatMap((run) => {
    const read = run.isRepeat ? runs.findLast((earlier) => isReadBy(earlier, run)) : run;
    return rejections.filter(({ runId }) => runId === read?.runId).map((rejection) => ({ ...rejection, runId: run.runId }));
  });
}

function isReadBy(earlier: TracedRun, { token, snapshotHash, mappingFingerprint }: TracedRun): boolean {
  const isSameFeed = earlier.snapshotHash === snapshotHash && earlier.mappingFingerprint === mappingFingerprint;
  return earlier.token < token && isSameFeed && !earlier.isRepeat && earlier.appliedAt !== null;
}

/** Returns the condition on `plans` for plans of a connector, and for people's plans over several connectors. */
function connectorCondition(connector: string): SQL {
  return sql`(plans.connector = ${connector} or plans.connector is null)`;
}
