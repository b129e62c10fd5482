import { type SQL, sql } from "drizzle-orm";
import { type ExpiredData, type KeptKind, keptKinds, keptSince, type Retention } from "../../model/run/retention.ts";
import { isoInstant, type Store } from "../store.ts";
import { type ExpiredOwners, type KeptSince, type RetainedRows, type RetentionRule, retentionRules } from "./retention-rules.ts";

/** Result of one prune step. */
export interface PrunedBatch {
  readonly kind: KeptKind;
  readonly count: number;
  readonly bytes: number;
}

/** A feed that a run read and that is no longer stored. */
export interface PrunedSnapshot {
  readonly hash: string;
  /** The last run that read it, and its start as ISO instant. */
  readonly runId: string;
  readonly readAt: string;
}

/** Maximum number of rows per transaction, so that nobody waits long. */
const rowsAtATime = 1000;

/** Data stored for a limited time. The rules are in `retention-rules.ts`. */
export class RetentionRepository {
  constructor(private readonly store: Store) {}

  /** Counts, by kind, the expired data that `prune` would delete at `now`. */
  async survey(retention: Retention, now: Date): Promise<ExpiredData[]> {
    const since = keptSince(retention, now);
    const found = new Map<KeptKind, ExpiredData>(
      keptKinds.map((kind) => [kind, { kind, keptDays: retention[kind], count: 0, oldest: null, bytes: 0 }]),
    );
    for (const rule of retentionRules) {
      const before = found.get(rule.kind);
      const { count, oldest, bytes } = await this.store.row<Pick<ExpiredData, "count" | "oldest" | "bytes">>(sql`
        select count(*)::int as count, ${isoInstant(sql`min(owners.at)`)} as oldest, coalesce(sum(held.bytes), 0)::float8 as bytes
        from (${rule.owners(since)}) owners cross join lateral (${contentOf(rule)}) held`);
      if (before === undefined) continue;
      const older = [before.oldest, oldest].filter((at) => at !== null).sort()[0] ?? null;
      found.set(rule.kind, { ...before, count: before.count + count, oldest: older, bytes: before.bytes + bytes });
    }
    return [...found.values()];
  }

  /**
   * Deletes the data that has expired at `now`, oldest first. Each batch is a transaction of its own, so that pruning can be interrupted
   * and continued. Runs continue meanwhile; data that they begin to need is not deleted.
   */
  async *prune(retention: Retention, now: Date): AsyncGenerator<PrunedBatch> {
    const since = keptSince(retention, now);
    for (const rule of retentionRules) {
      const { ownersAtATime = 100 } = rule;
      const owners = await this.#ownersOf(rule, since);
      for (let first = 0; first < owners.length; first += ownersAtATime) {
        const found = { owners: owners.slice(first, first + ownersAtATime), now };
        for (let isFull = true; isFull; ) {
          const taken = await this.#take(rule, since, found);
          isFull = taken.count === rowsAtATime;
          yield { kind: rule.kind, ...taken };
        }
      }
    }
  }

  /** Returns the deleted feed whose hash begins with `prefix`. Null if no run read it, or it is still stored. */
  async prunedSnapshot(prefix: string): Promise<PrunedSnapshot | null> {
    if (!/^[0-9a-f]{4,64}$/.test(prefix)) return null;
    return this.store.find<PrunedSnapshot>(sql`
      select snapshot_hash as hash, id as "runId", ${isoInstant(sql`started_at`)} as "readAt" from runs
      where starts_with(snapshot_hash, ${prefix}) and not exists (select from snapshots where snapshots.hash = runs.snapshot_hash)
      order by started_at desc limit 1`);
  }

  /** Frees the space of deleted rows. Only needed for the embedded database; a server does so by itself. */
  async reclaim(): Promise<void> {
    const tables = ["snapshot_packs", "snapshot_extents", ...retentionRules.flatMap(({ rows }) => rows.map(({ table }) => table))];
    for (const table of new Set(tables)) await this.store.rows(sql`vacuum (analyze) ${sql.identifier(table)}`);
  }

  async #ownersOf(rule: RetentionRule, since: KeptSince): Promise<string[]> {
    return this.store.values<string>(sql`
      select owners.owner::text as owner from (${rule.owners(since)}) owners
      where exists (${contentOf(rule)}) order by owners.at, owners.owner`);
  }

  async #take(rule: RetentionRule, since: KeptSince, found: ExpiredOwners): Promise<Omit<PrunedBatch, "kind">> {
    return this.store.transaction(async (transaction) => {
      // Concurrent prunes take turns, to avoid deadlocks.
      await transaction.lock("prune");
      if (rule.prepare !== undefined) await transaction.rows(rule.prepare(found, since));
      const taken = { count: 0, bytes: 0 };
      for (const rows of rule.rows) {
        const room = rowsAtATime - taken.count;
        if (room === 0) break;
        const { count, bytes } = await transaction.row<{ count: number; bytes: number }>(
          removal(rule, rows, rule.owners(since, found), room),
        );
        taken.count += count;
        taken.bytes += bytes;
      }
      await rule.afterwards?.(transaction, found);
      return taken;
    });
  }
}

function isOwned({ owner, only = sql`true` }: RetainedRows): SQL {
  return sql`${owner} = owners.owner and ${only}`;
}

/** Returns SQL for the rows of one owner, `owners.owner`, with their size. */
function contentOf({ rows }: RetentionRule): SQL {
  const parts = rows.map((kept) => sql`select ${kept.bytes} as bytes from ${sql.identifier(kept.table)} held where ${isOwned(kept)}`);
  return sql.join(parts, sql` union all `);
}

/** Returns SQL that deletes rows by ctid, because the tables have different keys. Nothing else changes these rows meanwhile. */
function removal({ alongside = [] }: RetentionRule, kept: RetainedRows, owners: SQL, limit: number): SQL {
  const { table, owner, bytes } = kept;
  const name = sql.identifier(table);
  const also = alongside.map((statement, index) => sql`, ${sql.identifier(`also_${index}`)} as (${statement})`);
  return sql`
    with gone as (
      delete from ${name} held
      where held.ctid = any(array(select held.ctid from (${owners}) owners cross join lateral (select held.ctid from ${name} held where ${isOwned(kept)}) held limit ${limit}))
      returning ${owner} as owner, ${bytes} as bytes
    )${sql.join(also, sql``)}
    select count(*)::int as count, coalesce(sum(bytes), 0)::float8 as bytes from gone`;
}
