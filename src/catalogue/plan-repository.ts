import { and, desc, eq, sql } from "drizzle-orm";
import type { AidContent } from "../aid/aid.ts";
import { wholeContent } from "../aid/filled-content.ts";
import type { Change, GuardFinding, HeldAid, PlanCounts, PlanState, StagedAid } from "../aid/plan.ts";
import { RunDisplaced, RunFailed } from "../aid/run-error.ts";
import { aidIdOf } from "./aid-id.ts";
import { type AppliedPlan, applyPlan, type PlanApplication } from "./apply-plan.ts";
import { claimConnector } from "./connector-repository.ts";
import type { RunClaim } from "./staging-repository.ts";
import { storableJson } from "./storable-json.ts";
import type { Store } from "./store.ts";
import { plans } from "./tables.ts";

/** What the feed says now of an aid, and what we hold: the two differ. */
export interface DifferingPair {
  readonly staged: StagedAid;
  readonly held: HeldAid;
}

/** A plan as the catalogue keeps it. */
export interface PlanRecord {
  readonly planId: string;
  readonly runId: string;
  readonly connector: string;
  readonly state: PlanState;
  readonly counts: PlanCounts;
  readonly guards: readonly GuardFinding[];
  readonly createdAt: Date;
  readonly appliedAt: Date | null;
  readonly appliedBy: string | null;
}

/** An aid that we hold and the feed may have lost. */
export type HeldKey = Pick<HeldAid, "aidId" | "externalId" | "revision">;

const pairsAPage = 500;
const keysAPage = 5000;

/** Plans: made set by set, read, applied. */
export class PlanRepository {
  constructor(private readonly store: Store) {}

  /**
   * Begins the plan of a run with all its creations: staged aids that we do not hold. Invisible until `finish`.
   * `staged`: how many aids the run staged; fewer in the database means that it crashed meanwhile.
   * @returns number of aids to create
   * @throws RunDisplaced; RunFailed `storage-failed`
   */
  async create(plan: RunClaim & { readonly planId: string; readonly staged: number; readonly now: Date }): Promise<number> {
    // The planner knows nothing of rows that came a moment ago.
    if (plan.staged > 0) await this.store.rows(sql`analyze staged_aids (run_id, external_id, aid_id)`);
    return this.store.transaction(async (transaction) => {
      await claimConnector(transaction, plan.connector, plan.token);
      const { found } = await transaction.row<{ found: number }>(
        sql`select count(*)::int as found from staged_aids where run_id = ${plan.runId}::uuid`,
      );
      if (found !== plan.staged) throw new RunFailed("storage-failed", { reason: "staged-aids-lost", expected: plan.staged, found });
      await transaction.rows(sql`
        insert into plans (id, run_id, connector, state, created_at)
        values (${plan.planId}::uuid, ${plan.runId}::uuid, ${plan.connector}, 'open', ${plan.now.toISOString()}::timestamptz)`);
      await renameTakenIds(transaction, plan.runId, plan.connector);
      const { created } = await transaction.row<{ created: number }>(sql`
        with created as (
          insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields)
          select ${plan.planId}::uuid, staged.aid_id, staged.external_id, 'create', 0, '{}' from staged_aids staged
          where staged.run_id = ${plan.runId}::uuid and not exists (
            select from aids where aids.connector = ${plan.connector} and aids.external_id = staged.external_id)
          returning 1
        ) select count(*)::int as created from created`);
      return created;
    });
  }

  /** Staged aids that we hold and that differ, or that are withdrawn, rejected or merged; pages, by external id. */
  async *differingPairs(runId: string, connector: string): AsyncGenerator<DifferingPair[]> {
    for (let after = ""; ; ) {
      const rows = await this.store.rows<DifferingRow>(sql`
        select staged.external_id as "externalId", staged.locator, staged.record_hash as "recordHash", staged.content, staged.memo,
          staged.fingerprint, aids.aid_id as "aidId", aids.revision, aids.status, aids.withdrawn_at::text as "withdrawnAt", aids.imported, aids.edits,
          aids.fingerprint as "heldFingerprint"
        from staged_aids staged join aids on aids.connector = ${connector} and aids.external_id = staged.external_id
        where staged.run_id = ${runId}::uuid and staged.external_id > ${after}
          and (aids.fingerprint <> staged.fingerprint or aids.withdrawn_at is not null or aids.status in ('deleted', 'merged'))
        order by staged.external_id limit ${pairsAPage}`);
      if (rows.length > 0) yield rows.map(pairOf);
      const last = rows.at(-1);
      if (last === undefined || rows.length < pairsAPage) return;
      after = last.externalId;
    }
  }

  /** Aids of a connector that a feed can lose: neither withdrawn nor rejected nor merged; pages, by external id. The caller knows what was received. */
  async *heldKeys(connector: string): AsyncGenerator<HeldKey[]> {
    for (let after = ""; ; ) {
      const rows = await this.store.rows<HeldKey>(sql`
        select aid_id as "aidId", external_id as "externalId", revision from aids
        where connector = ${connector} and external_id > ${after} and withdrawn_at is null and status not in ('deleted', 'merged')
        order by external_id limit ${keysAPage}`);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < keysAPage) return;
      after = last.externalId;
    }
  }

  /** Adds changes to a plan that is being made. An aid has one change in a plan. */
  async addChanges(planId: string, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    await this.store.rows(sql`
      insert into changes (plan_id, aid_id, external_id, kind, base_revision, fields)
      select ${planId}::uuid, "aidId", "externalId", kind, "baseRevision", fields from jsonb_to_recordset(${storableJson(changes)}::jsonb)
        as batch ("aidId" uuid, "externalId" text, kind text, "baseRevision" int, fields jsonb)`);
  }

  /**
   * Completes a plan: from now on it can be shown and applied. `waits`: it is not applied by this run (dry run, held, stopped early); what it needs of
   * the staged aids is put where it outlives the run.
   * @throws RunDisplaced
   */
  async finish(
    planId: string,
    end: { readonly counts: PlanCounts; readonly guards: readonly GuardFinding[]; readonly waits: boolean },
  ): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await refuseDisplacedPlan(transaction, planId);
      await transaction.rows(sql`
        update plans set complete = true, counts = ${storableJson(end.counts)}::jsonb, guards = ${storableJson(end.guards)}::jsonb
        where id = ${planId}::uuid`);
      if (!end.waits) return;
      await transaction.rows(sql`
        insert into planned_aids select staged.* from plans join staged_aids staged on staged.run_id = plans.run_id
        where plans.id = ${planId}::uuid and exists (
          select from changes where changes.plan_id = plans.id and changes.external_id = staged.external_id)`);
      await transaction.rows(
        sql`delete from staged_aids using plans where plans.id = ${planId}::uuid and staged_aids.run_id = plans.run_id`,
      );
    });
  }

  /** Applies a complete, open plan. See `applyPlan`. */
  async apply(planId: string, application: PlanApplication): Promise<AppliedPlan> {
    return applyPlan(this.store, planId, application);
  }

  /** Closes an open plan without applying it; what it kept of the staged aids goes. */
  async close(planId: string, state: "discarded" | "overtaken"): Promise<void> {
    await this.store.transaction(async (transaction) => {
      const closed = await transaction.rows(
        sql`update plans set state = ${state} where id = ${planId}::uuid and state = 'open' returning id`,
      );
      if (closed.length === 0) return;
      await transaction.rows(
        sql`delete from planned_aids using plans where plans.id = ${planId}::uuid and planned_aids.run_id = plans.run_id`,
      );
    });
  }

  /** Null where there is no such plan, or it is not complete. */
  async find(planId: string): Promise<PlanRecord | null> {
    const [plan] = await this.store.query((database) => database.select().from(plans).where(eq(plans.id, planId)));
    return plan?.complete ? planRecord(plan) : null;
  }

  /** Complete plans, newest first. */
  async list(filter: { readonly connector?: string; readonly limit?: number } = {}): Promise<PlanRecord[]> {
    const found = await this.store.query((database) =>
      database
        .select()
        .from(plans)
        .where(and(plans.complete, filter.connector === undefined ? undefined : eq(plans.connector, filter.connector)))
        .orderBy(desc(plans.createdAt), plans.id)
        .limit(filter.limit ?? 50),
    );
    return found.map(planRecord);
  }

  /** Changes of a plan, by external id, in pages. */
  async *changes(planId: string): AsyncGenerator<Change[]> {
    for (let after: Pick<Change, "externalId" | "aidId"> = { externalId: "", aidId: "00000000-0000-0000-0000-000000000000" }; ; ) {
      const rows = await this.store.rows<Change>(sql`
        select aid_id as "aidId", external_id as "externalId", kind, base_revision as "baseRevision", fields from changes
        where plan_id = ${planId}::uuid and (external_id, aid_id) > (${after.externalId}, ${after.aidId}::uuid)
        order by external_id, aid_id limit ${pairsAPage}`);
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < pairsAPage) return;
      after = last;
    }
  }
}

/** The run of a plan must still be its connector's, and stays so for the rest of the transaction. */
async function refuseDisplacedPlan(transaction: Store, planId: string): Promise<void> {
  const owned = await transaction.rows(sql`
    select 1 from plans join runs on runs.id = plans.run_id join connectors on connectors.id = runs.connector
    where plans.id = ${planId}::uuid and connectors.fence = runs.token for update of connectors`);
  if (owned.length === 0) throw new RunDisplaced("token-taken-over", { plan: planId });
}

/**
 * An aid id belongs to the external id under which the aid was first seen. Where that aid has another external id by now and a new record
 * comes with the old one, the new aid's id is made with `#2`, `#3`…
 */
async function renameTakenIds(transaction: Store, runId: string, connector: string): Promise<void> {
  const taken = await transaction.rows<{ externalId: string }>(sql`
    select staged.external_id as "externalId" from staged_aids staged join aids other on other.aid_id = staged.aid_id
    where staged.run_id = ${runId}::uuid and (other.connector, other.external_id) <> (${connector}, staged.external_id)
      and not exists (select from aids where aids.connector = ${connector} and aids.external_id = staged.external_id)
    order by staged.external_id`);
  for (const { externalId } of taken) {
    for (let attempt = 2; ; attempt++) {
      const aidId = aidIdOf(connector, externalId, attempt);
      const renamed = await transaction.rows(sql`
        update staged_aids set aid_id = ${aidId}::uuid where run_id = ${runId}::uuid and external_id = ${externalId}
          and not exists (select from aids where aids.aid_id = ${aidId}::uuid)
          and not exists (select from staged_aids other where other.run_id = ${runId}::uuid and other.aid_id = ${aidId}::uuid)
        returning 1`);
      if (renamed.length > 0) break;
    }
  }
}

interface DifferingRow extends Omit<StagedAid, "content">, Omit<HeldAid, "imported" | "fingerprint"> {
  readonly content: Partial<AidContent>;
  readonly imported: Partial<AidContent>;
  readonly heldFingerprint: string;
}

function pairOf(row: DifferingRow): DifferingPair {
  const { externalId, locator, recordHash, fingerprint, memo, aidId, revision, status, withdrawnAt, edits } = row;
  return {
    staged: { externalId, locator, recordHash, fingerprint, content: wholeContent(row.content), memo },
    held: {
      aidId,
      externalId,
      revision,
      status,
      withdrawnAt,
      imported: wholeContent(row.imported),
      edits,
      fingerprint: row.heldFingerprint,
    },
  };
}

function planRecord(row: typeof plans.$inferSelect): PlanRecord {
  const { runId, connector, state, createdAt, appliedAt, appliedBy } = row;
  return {
    planId: row.id,
    runId,
    connector,
    state,
    counts: row.counts as PlanCounts,
    guards: row.guards as GuardFinding[],
    createdAt,
    appliedAt,
    appliedBy,
  };
}
