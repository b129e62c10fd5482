import { sql } from "drizzle-orm";
import type { AidContent } from "../../model/aid/aid.ts";
import { wholeContent } from "../../model/aid/filled-content.ts";
import type { GuardFinding } from "../../model/plan/guard.ts";
import type { ApplyRequest, Change, PlanCounts, PlanOrigin, StagedAid } from "../../model/plan/plan.ts";
import type { Remark } from "../../model/plan/remark.ts";
import type { Sharing } from "../../model/plan/sharing.ts";
import { RunDisplaced, RunFailed } from "../../model/run/run-error.ts";
import { storableJson } from "../../model/text/storable.ts";
import { aidIdOf } from "../aids/aid-id.ts";
import { isOff, type StoredColumns, storedAid, storedColumns } from "../aids/stored-aid.ts";
import { claimConnector } from "../connectors/connector-repository.ts";
import { deletePlannedAids, deleteStagedAids } from "../contents/delete-contents.ts";
import { stagedColumns as columnNames } from "../runs/staged-rows.ts";
import type { RunClaim } from "../runs/staging-repository.ts";
import type { Store } from "../store.ts";
import { type AppliedPlan, applyPlan, manyAids } from "./apply-plan.ts";
import { overtakeOlder, type PlanApplication } from "./close-plan.ts";
import type { DifferingPair } from "./plan-material.ts";
import { PlanReader } from "./plan-reader.ts";
import { referToContents } from "./refer-to-contents.ts";

/** A plan made by a person. */
export interface PersonsPlan {
  readonly planId: string;
  readonly origin: Exclude<PlanOrigin, "run">;
  /** Null if the changes concern several connectors. */
  readonly connector: string | null;
  /** The run it undoes. */
  readonly runId?: string;
  readonly madeBy: string;
  /** The request, to be displayed. `plan`: the plan it undoes. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly now: Date;
}

const stagedColumns = sql.raw(columnNames);
const pairsAPage = 500;

/** Creates, reads, applies and closes plans. */
export class PlanRepository extends PlanReader {
  /**
   * Begins the plan of a run with all its creations: staged aids that are not in the catalogue. The plan is invisible until `finish`.
   * `staged`: number of aids the run staged; if the database has fewer, it crashed meanwhile.
   * @returns number of aids to create
   * @throws RunDisplaced; RunFailed `storage-failed`
   */
  async create(plan: RunClaim & { readonly planId: string; readonly staged: number; readonly now: Date }): Promise<number> {
    // The planner has no statistics on the rows that were just inserted.
    if (plan.staged > 0) await this.store.rows(sql`select analyze_staged_aids()`);
    return this.store.transaction(async (transaction) => {
      await claimConnector(transaction, plan.connector, plan.token);
      await transaction.rows(sql`
        insert into plans (id, run_id, connector, state, created_at)
        values (${plan.planId}::uuid, ${plan.runId}::uuid, ${plan.connector}, 'open', ${plan.now.toISOString()}::timestamptz)`);
      if (plan.staged === 0) return 0;
      const found = await transaction.value<number>(sql`select count(*)::int as found from staged_aids where run_id = ${plan.runId}::uuid`);
      if (found !== plan.staged) throw new RunFailed("storage-failed", { reason: "staged-aids-lost", expected: plan.staged, found });
      await renameTakenIds(transaction, plan.runId, plan.connector);
      return transaction.value<number>(sql`
        with created as (
          insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields)
          select ${plan.planId}::uuid, staged.aid_id, staged.external_id, 'create', 0, '{}' from staged_aids staged
          where staged.run_id = ${plan.runId}::uuid and not exists (
            select from aids where aids.connector = ${plan.connector} and aids.external_id = staged.external_id)
          returning 1
        ) select count(*)::int as created from created`);
    });
  }

  /** Stores what other connectors must know of a connector's definition. If it has changed, the sources of its linked aids are combined again. */
  async declareSharing({ connector, token }: RunClaim, sharing: Sharing): Promise<void> {
    await this.store.rows(sql`
      update connectors set sharing = ${storableJson(sharing)}::jsonb, must_combine = true
      where id = ${connector} and fence = ${token} and sharing <> ${storableJson(sharing)}::jsonb`);
  }

  /** Stores whether a connector reads web pages, whose publisher must be written to before their aids are published. */
  async declareSite({ connector, token }: RunClaim, readsSite: boolean): Promise<void> {
    await this.store.rows(sql`
      update connectors set reads_site = ${readsSite} where id = ${connector} and fence = ${token} and reads_site <> ${readsSite}`);
  }

  /** Begins a person's plan, invisible until `finishPersons`. */
  async open(plan: PersonsPlan): Promise<void> {
    await this.store.rows(sql`
      insert into plans (id, origin, run_id, connector, made_by, asked, state, created_at)
      values (${plan.planId}::uuid, ${plan.origin}, ${plan.runId ?? null}::uuid, ${plan.connector}, ${plan.madeBy}, ${storableJson(plan.asked)}::jsonb, 'open',
        ${plan.now.toISOString()}::timestamptz)`);
  }

  /** Completes a person's plan, so that it can be shown and applied. It waits for a person. */
  async finishPersons(planId: string, counts: PlanCounts): Promise<void> {
    await this.analyzeIfMany(planId);
    await this.store.rows(sql`
      update plans set complete = true, counts = ${storableJson(counts)}::jsonb, waits = true where id = ${planId}::uuid and origin <> 'run'`);
  }

  /** Lists, in pages by external id, staged aids that differ from the current aid, or whose aid is withdrawn, rejected or merged. */
  async *differingPairs(runId: string, connector: string): AsyncGenerator<DifferingPair[]> {
    const pages = this.store.pages<DifferingRow, "externalId">(
      pairsAPage,
      { externalId: "" },
      (after) => sql`
        select staged.external_id as "externalId", staged.locator, staged.record_hash as "recordHash", contents.content, staged.memo,
          staged.fingerprint, aids.content_id::float8 as "lastContent", staged.content_id::float8 as "nextContent",
          contents.aid_id = aids.aid_id as "isSameAid", ${storedColumns}
        from staged_aids staged join aids_with_source aids on aids.connector = ${connector} and aids.external_id = staged.external_id
          join contents on contents.id = staged.content_id
        where staged.run_id = ${runId}::uuid and staged.external_id > ${after.externalId}
          and (aids.fingerprint <> staged.fingerprint or aids.withdrawn_at is not null or ${isOff})
        order by staged.external_id limit ${pairsAPage}`,
    );
    for await (const rows of pages) yield rows.map(pairOf);
  }

  /** Adds changes to a plan in preparation, one per aid. `pairs`: those that they were decided from, if any. */
  async addChanges(planId: string, changes: readonly Change[], pairs: readonly DifferingPair[] = []): Promise<void> {
    if (changes.length === 0) return;
    const pairOfAid = new Map(pairs.map((pair) => [pair.stored.aidId, pair]));
    const rows = changes.map((change) => {
      const pair = pairOfAid.get(change.aidId);
      return pair === undefined ? change : referToContents(change, pair);
    });
    await this.store.rows(sql`
      insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields, state, match, note, last_content, next_content)
      select ${planId}::uuid, "aidId", "externalId", kind, "baseRevision", fields, state, match, note, "lastContent", "nextContent"
      from jsonb_to_recordset(${storableJson(rows)}::jsonb)
        as batch ("aidId" uuid, "externalId" text, kind text, "baseRevision" int, fields jsonb, state jsonb, match jsonb, note text,
          "lastContent" bigint, "nextContent" bigint)`);
  }

  /** Adds remarks on aids that a plan in preparation does not change. */
  async addRemarks(planId: string, remarks: readonly Remark[]): Promise<void> {
    if (remarks.length === 0) return;
    await this.store.rows(sql`
      insert into plan_remarks (plan_id, code, aid_id, external_id, params)
      select ${planId}::uuid, value ->> 'code', (value ->> 'aidId')::uuid, value ->> 'externalId', value -> 'params'
      from jsonb_array_elements(${storableJson(remarks)}::jsonb) with ordinality as batch (value, position) order by position`);
  }

  /**
   * Completes a plan, so that it can be shown and applied. `waits`: the plan waits for a person (dry run, held, stopped early, or made by a
   * person), so its staged aids move to `planned_aids`, where they outlive the run. `countsAbsence`: the run read a complete feed.
   * @throws RunDisplaced
   */
  async finish(
    planId: string,
    end: {
      readonly counts: PlanCounts;
      readonly guards: readonly GuardFinding[];
      readonly warnings?: readonly GuardFinding[];
      readonly waits: boolean;
      readonly countsAbsence?: boolean;
    },
  ): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await refuseDisplacedPlan(transaction, planId);
      const runId = await transaction.value<string | null>(sql`
        update plans set complete = true, counts = ${storableJson(end.counts)}::jsonb, guards = ${storableJson(end.guards)}::jsonb,
          warnings = ${storableJson(end.warnings ?? [])}::jsonb, waits = ${end.waits}
        where id = ${planId}::uuid returning case when origin = 'run' then run_id end as "runId"`);
      await transaction.rows(sql`
        update runs set counts_absence = ${end.countsAbsence === true} from plans
        where plans.id = ${planId}::uuid and plans.origin = 'run' and runs.id = plans.run_id`);
      await overtakeOlder(transaction, planId, sql`newer.created_at`);
      if (!end.waits || runId === null) return;
      const planned = await transaction.value<number>(sql`
        with planned as (
          insert into planned_aids (${stagedColumns}) select ${stagedColumns} from staged_aids
          where run_id = ${runId}::uuid and exists (
            select from changes where changes.plan_id = ${planId}::uuid and changes.external_id = staged_aids.external_id) returning 1
        ) select count(*)::int as planned from planned`);
      await deleteStagedAids(transaction, runId, planned);
    });
    await this.analyzeIfMany(planId);
  }

  /**
   * Renews the statistics after a large plan. PostgreSQL would expect a single change in a plan that is newer than its statistics, and read
   * the whole plan for each of its changes. In no transaction, because ANALYZE keeps its lock until the end.
   */
  private async analyzeIfMany(planId: string): Promise<void> {
    const first = sql`select from changes where plan_id = ${planId}::uuid limit ${manyAids}`;
    const found = await this.store.value<number>(sql`select count(*)::int as found from (${first}) first`);
    if (found === manyAids) await this.store.rows(sql`select analyze_aids()`);
  }

  /**
   * Closes this plan if the same person has another open plan for the same request, made after `since`. Returns the other plan's id, or
   * null. Of two concurrent plans, the one completed last is closed.
   */
  async closeIfSame(planId: string, since: Date, closed: { readonly now: Date; readonly by: string }): Promise<string | null> {
    return this.store.transaction(async (transaction) => {
      await transaction.lock(`same plan ${closed.by}`);
      const same = await transaction.findValue<string>(sql`
        select other.id as "planId" from plans mine join plans other on other.id <> mine.id and other.origin = mine.origin and other.made_by = mine.made_by
          and other.asked = mine.asked and other.connector is not distinct from mine.connector
        where mine.id = ${planId}::uuid and other.complete and other.state = 'open' and other.created_at >= ${since.toISOString()}::timestamptz
        order by other.created_at, other.id limit 1`);
      if (same === null) return null;
      await new PlanRepository(transaction).close(planId, "overtaken", closed);
      return same;
    });
  }

  /** Applies a complete open plan. See `applyPlan`. */
  async apply(planId: string, application: PlanApplication): Promise<AppliedPlan> {
    return applyPlan(this.store, planId, application);
  }

  /** Stores a person's request to apply an open plan. Returns false, without writing, if there is one already or the plan is closed. */
  async requestApply(planId: string, request: ApplyRequest): Promise<boolean> {
    return this.store.any(sql`
      update plans set apply_request = ${storableJson(request)}::jsonb
      where id = ${planId}::uuid and complete and state in ('open', 'part-applied') and apply_request is null returning 1`);
  }

  /** Deletes the request to apply an open plan. Returns false for a closed plan, or one without a request. */
  async withdrawRequest(planId: string): Promise<boolean> {
    return this.store.any(sql`
      update plans set apply_request = null
      where id = ${planId}::uuid and state in ('open', 'part-applied') and apply_request is not null returning 1`);
  }

  /**
   * Closes an open plan without applying the rest, and deletes its prepared aids. `by`, `note`: the person and the reason. Returns false if
   * it was already closed.
   */
  async close(
    planId: string,
    state: "discarded" | "overtaken",
    closed: { readonly now: Date; readonly by: string; readonly note?: string },
  ): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      // The applied part stays, so the catalogue differs from the last applied feed.
      await transaction.rows(sql`
        update connectors set must_read = true from plans
        where plans.id = ${planId}::uuid and plans.state = 'part-applied' and connectors.id = plans.connector`);
      const found = await transaction.find<{ runId: string | null }>(sql`
        update plans set state = ${state}, closed_at = ${closed.now.toISOString()}::timestamptz, closed_by = ${closed.by},
          note = coalesce(${closed.note ?? null}, note)
        where id = ${planId}::uuid and state in ('open', 'part-applied') returning case when origin = 'run' then run_id end as "runId"`);
      if (found === null) return false;
      if (found.runId !== null) await deletePlannedAids(transaction, found.runId);
      await transaction.rows(sql`delete from planned_absences where plan_id = ${planId}::uuid`);
      return true;
    });
  }
}

/** Locks the connector. Throws if the plan belongs to a run that is no longer the connector's newest, but never for a person's plan. */
async function refuseDisplacedPlan(transaction: Store, planId: string): Promise<void> {
  const owned = await transaction.rows(sql`
    select 1 from plans join runs on runs.id = plans.run_id join connectors on connectors.id = runs.connector
    where plans.id = ${planId}::uuid and plans.origin = 'run' and connectors.fence = runs.token for update of connectors`);
  if (owned.length > 0) return;
  const persons = await transaction.rows(sql`select 1 from plans where id = ${planId}::uuid and origin <> 'run'`);
  if (persons.length === 0) throw new RunDisplaced("token-taken-over", { plan: planId });
}

/**
 * Gives other ids to staged aids whose id another aid has. An aid keeps the id made from its first external id. If a new record has that
 * external id, the new aid's id is made with `#2`, `#3`…
 */
async function renameTakenIds(transaction: Store, runId: string, connector: string): Promise<void> {
  const taken = await transaction.values<string>(sql`
    select staged.external_id as "externalId" from staged_aids staged join aids other on other.aid_id = staged.aid_id
    where staged.run_id = ${runId}::uuid and (other.connector, other.external_id) <> (${connector}, staged.external_id)
      and not exists (select from aids where aids.connector = ${connector} and aids.external_id = staged.external_id)
    order by staged.external_id`);
  for (const externalId of taken) {
    for (let attempt = 2; ; attempt++) {
      const aidId = aidIdOf(connector, externalId, attempt);
      const renamed = await transaction.rows(sql`
        with renamed as (
          update staged_aids set aid_id = ${aidId}::uuid where run_id = ${runId}::uuid and external_id = ${externalId}
            and not exists (select from aids where aids.aid_id = ${aidId}::uuid)
            and not exists (select from staged_aids other where other.run_id = ${runId}::uuid and other.aid_id = ${aidId}::uuid)
          returning content_id
        ) update contents set aid_id = ${aidId}::uuid from renamed where contents.id = renamed.content_id returning 1`);
      if (renamed.length > 0) break;
    }
  }
}

interface DifferingRow extends Omit<StagedAid, "content">, StoredColumns {
  readonly content: Partial<AidContent>;
  readonly lastContent: number;
  readonly nextContent: number;
  readonly isSameAid: boolean;
}

function pairOf(row: DifferingRow): DifferingPair {
  const { externalId, locator, recordHash, fingerprint, memo, lastContent, nextContent } = row;
  return {
    staged: { externalId, locator, recordHash, fingerprint, content: wholeContent(row.content), memo },
    stored: storedAid(row, externalId),
    contents: row.isSameAid ? { last: lastContent, next: nextContent } : null,
  };
}
