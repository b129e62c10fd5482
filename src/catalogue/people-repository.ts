import { and, asc, eq, sql } from "drizzle-orm";
import type { Role } from "../aid/role.ts";
import { people, sessions, signInLinks } from "./console-tables.ts";
import type { Store } from "./store.ts";

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
  async list(): Promise<Person[]> {
    const found = await this.store.query((database) =>
      database.select().from(people).orderBy(sql`closed_at is not null`, asc(people.name), asc(people.email)),
    );
    return found.map(personOf);
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

  async giveRole(personId: string, role: Role | null, until: string | null): Promise<void> {
    await this.store.query((database) => database.update(people).set({ role, roleUntil: until }).where(eq(people.id, personId)));
  }

  /** `hash`: see `hashPassword`. Ends every session and link of the person. */
  async setPassword(personId: string, hash: string): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await transaction.query((database) => database.update(people).set({ password: hash }).where(eq(people.id, personId)));
      await endAll(transaction, personId);
    });
  }

  /** Notes who a person is at the provider of identities. */
  async setSubject(personId: string, subject: string): Promise<void> {
    await this.store.query((database) => database.update(people).set({ subject }).where(eq(people.id, personId)));
  }

  /** Closes an account, and ends its sessions and links; or opens it again. */
  async close(personId: string, closedAt: Date | null): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await transaction.query((database) => database.update(people).set({ closedAt }).where(eq(people.id, personId)));
      if (closedAt !== null) await endAll(transaction, personId);
    });
  }

  /** How many open accounts have this role for good. */
  async countForGood(role: Role): Promise<number> {
    return this.store.query((database) =>
      database.$count(people, and(eq(people.role, role), sql`role_until is null and closed_at is null`)),
    );
  }
}

async function endAll(transaction: Store, personId: string): Promise<void> {
  await transaction.query((database) => database.delete(sessions).where(eq(sessions.person, personId)));
  await transaction.query((database) => database.delete(signInLinks).where(eq(signInLinks.person, personId)));
}

function personOf({ id, password, subject, ...row }: typeof people.$inferSelect): Person {
  return { ...row, personId: id, hasPassword: password !== null, isElsewhere: subject !== null };
}
