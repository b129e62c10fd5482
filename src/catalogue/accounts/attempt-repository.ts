import { eq, lt, sql } from "drizzle-orm";
import { aidVisits, reviewAssignments, signInTries } from "../schema/console-tables.ts";
import type { Store } from "../store.ts";

/** Maximum number of acts by key (`address:…`). */
type TryLimits = ReadonlyMap<string, number>;

/**
 * `at`: the time of an act. `since`: older acts do not count towards the limit. `pacedSince`: once the limit is reached, an act is refused
 * only if another one happened after this instant.
 */
interface TryTimes {
  readonly at: Date;
  readonly since: Date;
  readonly pacedSince: Date;
}

/** Acts that are limited: failed sign-ins, and acts of people who are no colleagues. */
export class AttemptRepository {
  constructor(private readonly store: Store) {}

  /**
   * Records an act under each key, unless a limit is reached: a key then has `max` acts since `since`, and one of them is newer than
   * `pacedSince`. Returns whether it was recorded. Calls with the same key wait for each other, so that parallel calls cannot exceed the
   * limit.
   */
  async add(limits: TryLimits, { at, since, pacedSince }: TryTimes): Promise<boolean> {
    const keys = [...limits.keys()].sort();
    return this.store.transaction(async (transaction) => {
      for (const key of keys) await transaction.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`try ${key}`}, 0))`);
      for (const [key, max] of limits) {
        const { count, last } = await transaction.row<{ count: number; last: Date | null }>(sql`
          select count(*)::int as count, max(at) as last from sign_in_tries where who = ${key} and at > ${since.toISOString()}::timestamptz`);
        if (count >= max && last !== null && new Date(last) > pacedSince) return false;
      }
      await transaction.query((database) => database.insert(signInTries).values(keys.map((who) => ({ who, at }))));
      return true;
    });
  }

  /** Removes all attempts of a key. */
  async forgetAll(who: string): Promise<void> {
    await this.store.query((database) => database.delete(signInTries).where(eq(signInTries.who, who)));
  }

  /** Removes one attempt made at that instant. */
  async forgetOne(who: string, at: Date): Promise<void> {
    await this.store.rows(sql`delete from sign_in_tries where ctid in (
      select ctid from sign_in_tries where who = ${who} and at = ${at.toISOString()}::timestamptz limit 1)`);
  }

  /** Removes attempts and visits of aids before an instant, and assignments that are 30 days old. */
  async prune(now: Date, before: Date): Promise<void> {
    await this.store.query((database) => database.delete(signInTries).where(lt(signInTries.at, before)));
    await this.store.query((database) => database.delete(aidVisits).where(lt(aidVisits.seenAt, before)));
    const monthAgo = new Date(now.getTime() - 30 * 86_400_000);
    await this.store.query((database) => database.delete(reviewAssignments).where(lt(reviewAssignments.at, monthAgo)));
  }
}
