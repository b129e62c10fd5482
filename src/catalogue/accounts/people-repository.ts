import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Role } from "../../model/publisher/role.ts";
import { people, sessions, signInLinks } from "../schema/console-tables.ts";
import type { Store } from "../store.ts";

/** Somebody who may use the console, or is waiting for a role. */
export interface Person {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role | null;
  /** `YYYY-MM-DD`, the last day of the role; null: for good. */
  readonly roleUntil: string | null;
  readonly hasPassword: boolean;
  /** Signs in elsewhere (OpenID Connect). */
  readonly isElsewhere: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Since when the account is closed. */
  readonly closedAt: Date | null;
}

/** A person with the last time that anything was heard of them; null: never. */
export interface ListedPerson extends Person {
  readonly lastSeenAt: Date | null;
}

/** Which persons. `words`: in name or address; `role`: one of them, or `none`, as it was given, be it over or not. */
export interface PeopleFilter {
  readonly words?: string;
  readonly role?: Role | "none";
  readonly isClosed?: boolean;
}

/** A person to be. */
export interface NewPerson {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role | null;
  readonly roleUntil?: string | null;
  readonly subject?: string;
  readonly by: string;
  readonly now: Date;
}

/** Who may use the console. */
export class PeopleRepository {
  constructor(private readonly store: Store) {}

  /** By name, closed accounts last. */
  async list(filter: PeopleFilter, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<ListedPerson[]> {
    const lastSeenAt = sql<string | null>`greatest(
      (select max(seen_at) from sessions where sessions.person = people.id),
      (select at from audit where audit.person = people.id order by seq desc limit 1))::text`;
    const found = await this.store.query((database) =>
      database
        .select({ person: people, lastSeenAt })
        .from(people)
        .where(matches(filter))
        .orderBy(sql`closed_at is not null, lower(name), email`)
        .limit(limit)
        .offset(offset),
    );
    return found.map((row) => ({ ...personOf(row.person), lastSeenAt: row.lastSeenAt === null ? null : new Date(row.lastSeenAt) }));
  }

  async count(filter: PeopleFilter): Promise<number> {
    return this.store.query((database) => database.$count(people, matches(filter)));
  }

  async find(personId: string): Promise<Person | null> {
    const [found] = await this.store.query((database) => database.select().from(people).where(eq(people.id, personId)));
    return found === undefined ? null : personOf(found);
  }

  /** With the hash of the password. */
  async findByEmail(email: string): Promise<(Person & { readonly password: string | null }) | null> {
    const [found] = await this.store.query((database) => database.select().from(people).where(eq(people.email, email.toLowerCase())));
    return found === undefined ? null : { ...personOf(found), password: found.password };
  }

  async findBySubject(subject: string): Promise<Person | null> {
    const [found] = await this.store.query((database) => database.select().from(people).where(eq(people.subject, subject)));
    return found === undefined ? null : personOf(found);
  }

  /** True where nobody may use the console yet. */
  async isEmpty(): Promise<boolean> {
    return (await this.store.rows(sql`select 1 from people limit 1`)).length === 0;
  }

  /** False where the address has an account already: then nothing changes. */
  async add({ personId, email, name, role, roleUntil, subject, by, now }: NewPerson): Promise<boolean> {
    const row = {
      id: personId,
      email: email.toLowerCase(),
      name,
      role,
      roleUntil: roleUntil ?? null,
      subject: subject ?? null,
      createdAt: now,
      createdBy: by,
    };
    const added = await this.store.query((database) => database.insert(people).values(row).onConflictDoNothing().returning());
    return added.length > 0;
  }

  /** False, and nothing changes, where nobody would be left who may give roles for good. */
  async giveRole(personId: string, role: Role | null, until: string | null): Promise<boolean> {
    const given = { role, roleUntil: role === null ? null : until };
    return this.#unlessNoAdminIsLeft(personId, role === "admin" && until === null, (transaction) =>
      transaction.query((database) => database.update(people).set(given).where(eq(people.id, personId))),
    );
  }

  /** `hash`: see `hashPassword`. Ends every session and link of the person. */
  async setPassword(personId: string, hash: string): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await transaction.query((database) => database.update(people).set({ password: hash }).where(eq(people.id, personId)));
      await endAll(transaction, personId);
    });
  }

  /** Notes who a person is at the provider of identities; false where they are somebody there already, or are not let in. */
  async setSubject(personId: string, subject: string): Promise<boolean> {
    const isFree = and(eq(people.id, personId), isNull(people.subject), isNull(people.closedAt));
    const linked = await this.store.query((database) => database.update(people).set({ subject }).where(isFree).returning());
    return linked.length > 0;
  }

  /** Forgets who a person is at the provider of identities, and ends their sessions. */
  async forgetSubject(personId: string): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await transaction.query((database) => database.update(people).set({ subject: null }).where(eq(people.id, personId)));
      await endAll(transaction, personId);
    });
  }

  /** Closes an account, and ends its sessions and links. False, and nothing changes, where nobody would be left who may give roles for good. */
  async close(personId: string, closedAt: Date): Promise<boolean> {
    return this.#unlessNoAdminIsLeft(personId, false, async (transaction) => {
      await transaction.query((database) => database.update(people).set({ closedAt }).where(eq(people.id, personId)));
      await endAll(transaction, personId);
    });
  }

  /** Opens a closed account again. */
  async open(personId: string): Promise<void> {
    await this.store.query((database) => database.update(people).set({ closedAt: null }).where(eq(people.id, personId)));
  }

  /** Two admins who take each other's role in the same moment wait for each other here. */
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

function matches({ words, role, isClosed }: PeopleFilter): SQL | undefined {
  const pattern = `%${(words ?? "").replace(/[%_\\]/g, "\\$&")}%`;
  return and(
    words === undefined ? undefined : sql`(name ilike ${pattern} or email ilike ${pattern})`,
    role === undefined ? undefined : role === "none" ? isNull(people.role) : eq(people.role, role),
    isClosed === undefined ? undefined : sql`(closed_at is not null) = ${isClosed}`,
  );
}

async function endAll(transaction: Store, personId: string): Promise<void> {
  await transaction.query((database) => database.delete(sessions).where(eq(sessions.person, personId)));
  await transaction.query((database) => database.delete(signInLinks).where(eq(signInLinks.person, personId)));
}

function personOf({ id, password, subject, ...row }: typeof people.$inferSelect): Person {
  return { ...row, personId: id, hasPassword: password !== null, isElsewhere: subject !== null };
}
