import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { Role } from "../../model/publisher/role.ts";
import { people, secondFactors, sessions } from "../schema/console-tables.ts";
import { isUuid, type Store } from "../store.ts";
import { type Session, SessionRepository } from "./session-repository.ts";

type PersonRow = typeof people.$inferSelect;

/** A user of the console, or somebody waiting for a role. `roleUntil`: last day of the role; null: no end. `closedAt`: null while it is open. */
export interface Person extends Readonly<Omit<PersonRow, "id" | "password" | "subject">> {
  readonly personId: string;
  readonly hasPassword: boolean;
  /** The person signs in with OpenID Connect. */
  readonly usesSingleSignOn: boolean;
}

/** A person with the last time they were active. Null: never. */
export interface ListedPerson extends Person {
  readonly lastSeenAt: Date | null;
}

/** Filters people. `words`: a text in name or address. `role`: their role, even if it has expired, or `none`. */
export interface PeopleFilter {
  readonly words?: string | undefined;
  readonly role?: Role | "none" | undefined;
  readonly isClosed?: boolean | undefined;
}

/** A person to add. */
export interface NewPerson extends Pick<Person, "personId" | "email" | "name" | "role"> {
  readonly roleUntil?: string | null;
  readonly subject?: string;
  readonly by: string;
  readonly now: Date;
}

/** Users of the console. */
export class PeopleRepository {
  constructor(private readonly store: Store) {}

  /** Lists people by name, closed accounts last. */
  async list(filter: PeopleFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<ListedPerson[]> {
    const lastSeenAt = sql<string | null>`greatest(
      (select max(seen_at) from sessions where sessions.account = people.id),
      (select at from audit where audit.person = people.id order by seq desc limit 1))::text`;
    const found = await this.store.query((database) =>
      database
        .select({ person: people, lastSeenAt })
        .from(people)
        .where(filterCondition(filter))
        .orderBy(sql`closed_at is not null, lower(name), email`)
        .limit(limit)
        .offset(offset),
    );
    return found.map((row) => ({ ...personOf(row.person), lastSeenAt: row.lastSeenAt === null ? null : new Date(row.lastSeenAt) }));
  }

  async count(filter: PeopleFilter): Promise<number> {
    return this.store.query((database) => database.$count(people, filterCondition(filter)));
  }

  async find(personId: string): Promise<Person | null> {
    const row = isUuid(personId) ? await this.#row(eq(people.id, personId)) : undefined;
    return row === undefined ? null : personOf(row);
  }

  /** Finds a person by address, with the hash of the password. */
  async findByEmail(email: string): Promise<(Person & Pick<PersonRow, "password">) | null> {
    const row = await this.#row(eq(people.email, email.toLowerCase()));
    return row === undefined ? null : { ...personOf(row), password: row.password };
  }

  async findBySubject(subject: string): Promise<Person | null> {
    const row = await this.#row(eq(people.subject, subject));
    return row === undefined ? null : personOf(row);
  }

  /** Finds a session and its person. Returns null if the session is missing or expired, or the account is closed. */
  async ofSession(
    tokenHash: string,
    now: Date,
  ): Promise<{ readonly session: Session; readonly person: Person; readonly hasSecondFactor: boolean } | null> {
    const [found] = await this.store.query((database) =>
      database
        .select({ session: sessions, person: people, factor: secondFactors.person })
        .from(sessions)
        .innerJoin(people, eq(people.id, sessions.account))
        .leftJoin(secondFactors, eq(secondFactors.person, sessions.account))
        .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now), isNull(people.closedAt))),
    );
    if (found === undefined) return null;
    return { session: found.session, person: personOf(found.person), hasSecondFactor: found.factor !== null };
  }

  /** Returns true if the console has no user yet. */
  async isEmpty(): Promise<boolean> {
    return (await this.store.rows(sql`select 1 from people limit 1`)).length === 0;
  }

  /** Adds a person. Returns false, and changes nothing, if the address already has an account. */
  async add({ personId: id, email, by, now, ...person }: NewPerson): Promise<boolean> {
    const row = { ...person, id, email: email.toLowerCase(), createdAt: now, createdBy: by };
    const added = await this.store.query((database) => database.insert(people).values(row).onConflictDoNothing().returning());
    return added.length > 0;
  }

  /** Gives a role. Returns false, and changes nothing, if no permanent admin would be left. */
  async giveRole(personId: string, role: Role | null, until: string | null): Promise<boolean> {
    const given = { role, roleUntil: role === null ? null : until };
    return this.#unlessNoAdminIsLeft(personId, role === "admin" && until === null, (transaction) =>
      transaction.query((database) => database.update(people).set(given).where(eq(people.id, personId))),
    );
  }

  /** Sets the password (`hash`: see `hashPassword`) and ends all sessions and links of the person. */
  async setPassword(personId: string, hash: string): Promise<void> {
    await this.store.transaction((transaction) => changeAndEndAll(transaction, personId, { password: hash }));
  }

  /** Records the person's subject at the identity provider. Returns false if they already have one, or their account is closed. */
  async setSubject(personId: string, subject: string): Promise<boolean> {
    const isFree = and(eq(people.id, personId), isNull(people.subject), isNull(people.closedAt));
    const linked = await this.store.query((database) => database.update(people).set({ subject }).where(isFree).returning());
    return linked.length > 0;
  }

  /** Removes the person's subject at the identity provider and ends their sessions. */
  async forgetSubject(personId: string): Promise<void> {
    await this.store.transaction((transaction) => changeAndEndAll(transaction, personId, { subject: null }));
  }

  /** Closes an account and ends its sessions and links. Returns false, and changes nothing, if no permanent admin would be left. */
  async close(personId: string, closedAt: Date): Promise<boolean> {
    return this.#unlessNoAdminIsLeft(personId, false, (transaction) => changeAndEndAll(transaction, personId, { closedAt }));
  }

  /** Reopens a closed account. */
  async open(personId: string): Promise<void> {
    await this.store.query((database) => database.update(people).set({ closedAt: null }).where(eq(people.id, personId)));
  }

  async #row(condition: SQL): Promise<PersonRow | undefined> {
    return (await this.store.query((database) => database.select().from(people).where(condition)))[0];
  }

  /** Makes a change unless no permanent admin would be left. Locks the admins, so that two of them cannot remove each other at once. */
  async #unlessNoAdminIsLeft(personId: string, staysAdmin: boolean, change: (transaction: Store) => Promise<unknown>): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      const admins = await transaction.rows<{ id: string }>(
        sql`select id from people where role = 'admin' and role_until is null and closed_at is null order by id for update`,
      );
      if (!staysAdmin && admins.length === 1 && admins[0]?.id === personId) return false;
      await change(transaction);
      return true;
    });
  }
}

function filterCondition({ words, role, isClosed }: PeopleFilter): SQL | undefined {
  const pattern = `%${(words ?? "").replace(/[%_\\]/g, "\\$&")}%`;
  return and(
    words === undefined ? undefined : sql`(name ilike ${pattern} or email ilike ${pattern})`,
    role === undefined ? undefined : role === "none" ? isNull(people.role) : eq(people.role, role),
    isClosed === undefined ? undefined : sql`(closed_at is not null) = ${isClosed}`,
  );
}

async function changeAndEndAll(transaction: Store, personId: string, change: Partial<PersonRow>): Promise<void> {
  await transaction.query((database) => database.update(people).set(change).where(eq(people.id, personId)));
  await new SessionRepository(transaction, "colleagues").endAll(personId);
}

function personOf({ id, password, subject, ...row }: typeof people.$inferSelect): Person {
  return { ...row, personId: id, hasPassword: password !== null, usesSingleSignOn: subject !== null };
}
