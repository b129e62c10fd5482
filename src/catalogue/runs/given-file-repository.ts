import { sql } from "drizzle-orm";
import type { Store } from "../store.ts";
import { type RequestedRun, RunQueueRepository, type RunRequest } from "./run-queue-repository.ts";

/** A version of a file. `hash`: of its snapshot; `by`: who requested its run. */
export interface GivenFile {
  readonly hash: string;
  readonly by: string;
}

/** The files that people give for a connector, version after version. */
export class GivenFileRepository {
  constructor(private readonly store: Store) {}

  /**
   * Returns the newest file or feed of a connector: its run is queued or running, was applied and not undone, or has a plan
   * that waits or was overtaken by the run of an older file. Returns null for a connector without a file.
   */
  async current(connector: string): Promise<GivenFile | null> {
    return this.store.find<GivenFile>(sql`
      select coalesce(snapshot_hash, options ->> 'snapshot') as hash, coalesce(asked_by, '?') as by from runs
      where connector = ${connector} and coalesce(snapshot_hash, options ->> 'snapshot') is not null and not options ? 'limit' and undone_at is null
        and (state <> 'ended' or applied_at is not null or outcome = 'unchanged' or exists (
          select from plans where plans.run_id = runs.id and plans.origin = 'run'
            and (plans.state in ('open', 'part-applied') or plans.state = 'overtaken' and exists (
              select from runs older where older.connector = runs.connector and older.token > runs.token and older.asked_at < runs.asked_at))))
      order by coalesce(asked_at, started_at) desc, token desc limit 1`);
  }

  /** Returns the hash of the newest applied file that was requested after a run's own, or null. */
  async appliedAfter(runId: string): Promise<string | null> {
    return this.store.findValue<string>(sql`
      select newer.snapshot_hash as hash from runs join runs newer on newer.connector = runs.connector and newer.asked_at > runs.asked_at
      where runs.id = ${runId}::uuid and newer.options ? 'brought' and newer.snapshot_hash is not null
        and newer.applied_at is not null and newer.undone_at is null
      order by newer.asked_at desc limit 1`);
  }

  /**
   * Requests a run of a new version of the file. Concurrent calls take turns.
   * @returns null, without writing, if the snapshot of the current file is no longer `before`
   */
  async replace(ask: RunRequest, before: string | null): Promise<RequestedRun | null> {
    return this.store.transaction(async (transaction) => {
      await transaction.lock(`file ${ask.connector}`);
      if (((await new GivenFileRepository(transaction).current(ask.connector))?.hash ?? null) !== before) return null;
      // A request that began earlier may arrive later, and must still be the newest.
      const last = await transaction.value<number | null>(sql`
        select extract(epoch from max(coalesce(asked_at, started_at)))::float8 * 1000 as last from runs where connector = ${ask.connector}`);
      const now = last === null ? ask.now : new Date(Math.max(ask.now.getTime(), Math.floor(last) + 1));
      return new RunQueueRepository(transaction).request({ ...ask, now });
    });
  }
}
