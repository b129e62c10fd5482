import { and, desc, eq, gt, lt, sql } from "drizzle-orm";
import {
  aidVisits,
  type LinkPurpose,
  people,
  reviewAssignments,
  secondFactors,
  sessions,
  signInLinks,
  signInTries,
} from "../schema/console-tables.ts";
import type { Store } from "../store.ts";
import { type Person, personOf } from "./people-repository.ts";

/** A session of a signed-in person. */
export interface Session {
  readonly tokenHash: string;
  readonly way: "password" | "oidc" | "link";
  /** User agent of the browser. */
  readonly agent: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

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

/** Sessions, sign-in links and failed sign-in attempts. Tokens are stored only as SHA-256. */
export class SessionRepository {
  constructor(private readonly store: Store) {}

  async begin(personId: string, session: Session): Promise<void> {
    await this.store.query((database) => database.insert(sessions).values({ ...session, person: personId }));
  }

  /** Finds a session and its person. Returns null if the session is missing or expired, or the account is closed. */
  async find(
    tokenHash: string,
    now: Date,
  ): Promise<{ readonly session: Session; readonly person: Person; readonly hasSecondFactor: boolean } | null> {
    const [found] = await this.store.query((database) =>
      database
        .select()
        .from(sessions)
        .innerJoin(people, eq(people.id, sessions.person))
        .leftJoin(secondFactors, eq(secondFactors.person, sessions.person))
        .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now), sql`closed_at is null`)),
    );
    if (found === undefined) return null;
    return { session: found.sessions, person: personOf(found.people), hasSecondFactor: found.second_factors !== null };
  }

  /** Records that a session was used, and its new expiry. */
  async touch(tokenHash: string, seenAt: Date, expiresAt: Date): Promise<void> {
    await this.store.query((database) => database.update(sessions).set({ seenAt, expiresAt }).where(eq(sessions.tokenHash, tokenHash)));
  }

  /** Lists the sessions of a person, last used first. */
  async list(personId: string, now: Date): Promise<Session[]> {
    return this.store.query((database) =>
      database
        .select()
        .from(sessions)
        .where(and(eq(sessions.person, personId), gt(sessions.expiresAt, now)))
        .orderBy(desc(sessions.seenAt)),
    );
  }

  /** Ends one session of a person. */
  async end(personId: string, tokenHash: string): Promise<void> {
    await this.store.query((database) =>
      database.delete(sessions).where(and(eq(sessions.person, personId), eq(sessions.tokenHash, tokenHash))),
    );
  }

  /** Ends all sessions of a person except `keptHash`. */
  async endOthers(personId: string, keptHash: string | null): Promise<void> {
    await this.store.query((database) =>
      database.delete(sessions).where(and(eq(sessions.person, personId), sql`token_hash is distinct from ${keptHash}`)),
    );
  }

  /** Stores a one-time link. It replaces earlier links of the person with the same purpose. */
  async addLink(
    personId: string,
    link: { readonly tokenHash: string; readonly purpose: LinkPurpose; readonly expiresAt: Date },
  ): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await transaction.query((database) =>
        database.delete(signInLinks).where(and(eq(signInLinks.person, personId), eq(signInLinks.purpose, link.purpose))),
      );
      await transaction.query((database) => database.insert(signInLinks).values({ ...link, person: personId }));
    });
  }

  /** Returns the person of a valid link. `uses`: also deletes the link, so that it cannot be used again. */
  async link(tokenHash: string, purpose: LinkPurpose, now: Date, uses: boolean): Promise<string | null> {
    const isIt = and(eq(signInLinks.tokenHash, tokenHash), eq(signInLinks.purpose, purpose), gt(signInLinks.expiresAt, now));
    const found = await this.store.query((database) =>
      uses
        ? database.delete(signInLinks).where(isIt).returning({ person: signInLinks.person })
        : database.select({ person: signInLinks.person }).from(signInLinks).where(isIt),
    );
    return found[0]?.person ?? null;
  }

  /**
   * Records an act under each key, unless a limit is reached: a key then has `max` acts since `since`, and one of them is newer than
   * `pacedSince`. Returns whether it was recorded. Calls with the same key wait for each other, so that parallel calls cannot exceed the
   * limit.
   */
  async addTry(limits: TryLimits, { at, since, pacedSince }: TryTimes): Promise<boolean> {
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

  async forgetTries(who: readonly string[]): Promise<void> {
    for (const one of who) await this.store.query((database) => database.delete(signInTries).where(eq(signInTries.who, one)));
  }

  /** Removes one attempt made at that instant. */
  async forgetTry(who: string, at: Date): Promise<void> {
    await this.store.rows(sql`delete from sign_in_tries where ctid in (
      select ctid from sign_in_tries where who = ${who} and at = ${at.toISOString()}::timestamptz limit 1)`);
  }

  /** Removes expired sessions and links, attempts and visits of aids before an instant, and assignments that are 30 days old. */
  async prune(now: Date, before: Date): Promise<void> {
    await this.store.query((database) => database.delete(sessions).where(lt(sessions.expiresAt, now)));
    await this.store.query((database) => database.delete(signInLinks).where(lt(signInLinks.expiresAt, now)));
    await this.store.query((database) => database.delete(signInTries).where(lt(signInTries.at, before)));
    await this.store.query((database) => database.delete(aidVisits).where(lt(aidVisits.seenAt, before)));
    const monthAgo = new Date(now.getTime() - 30 * 86_400_000);
    await this.store.query((database) => database.delete(reviewAssignments).where(lt(reviewAssignments.at, monthAgo)));
  }
}
