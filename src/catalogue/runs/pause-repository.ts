import { asc, sql } from "drizzle-orm";
import { pauses } from "../schema/tables.ts";
import type { Store } from "../store.ts";

/** The name under which everything is paused. */
export const everything = "*";

/** A connector whose schedule is stopped, or `everything`. */
export interface Pause {
  readonly connector: string;
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
}

/** What ops have stopped for a while. */
export class PauseRepository {
  constructor(private readonly store: Store) {}

  /** By connector; `everything` first. */
  async list(): Promise<Pause[]> {
    return this.store.query((database) => database.select().from(pauses).orderBy(asc(pauses.connector)));
  }

  /** False where it was paused already: then nothing changes. */
  async add({ connector, by, at, reason }: Pause): Promise<boolean> {
    const added = await this.store.query((database) =>
      database.insert(pauses).values({ connector, by, at, reason }).onConflictDoNothing().returning(),
    );
    return added.length > 0;
  }

  /**
   * Ends a pause. What was due while it lasted is not made up for (`until`: now).
   * @returns false where there was none
   */
  async remove(connector: string, until: Date): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      const removed = await transaction.rows(sql`delete from pauses where connector = ${connector} returning 1`);
      if (removed.length === 0 || connector === everything) return removed.length > 0;
      await transaction.rows(sql`
        insert into due_times (name, done_for) values (${connector}, ${until.toISOString()}::timestamptz)
        on conflict (name) do update set done_for = greatest(due_times.done_for, excluded.done_for)`);
      return true;
    });
  }
}
