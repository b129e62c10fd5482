import { randomUUID } from "node:crypto";
import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { CorrectionPolicy } from "../../model/publisher/correction-policy.ts";
import type { Database } from "../connection/copy.ts";
import type { PublisherFacts } from "../publishers/publisher-repository.ts";
import { publishers } from "../schema/partner-tables.ts";
import { publisherAccounts, publisherSessions } from "../schema/publisher-account-tables.ts";
import { isUuid, type Store } from "../store.ts";
import { type Session, SessionRepository } from "./session-repository.ts";

type AccountRow = typeof publisherAccounts.$inferSelect;

/** A person of a publisher who may sign in to its space. `seenAt`: last use, or null. `revokedAt`: null while the access is valid. */
export type PublisherAccount = Omit<AccountRow, "id" | "publisher" | "subject"> & {
  readonly accountId: string;
  readonly publisherId: string;
};

/** A signed-in person of a publisher. */
export interface PublisherVisitor extends Pick<PublisherAccount, "accountId" | "email" | "name" | "publisherId"> {
  readonly publisher: string;
  readonly corrections: CorrectionPolicy;
  readonly session: Session;
}

/** A publisher, as its space needs it. `connectors`: their ids. `corrections`: what happens to corrections by its people. */
export interface PublisherOfSpace extends Pick<PublisherFacts, "name" | "kind" | "territory" | "licence"> {
  readonly connectors: readonly string[];
  readonly corrections: CorrectionPolicy;
}

/** A person to invite. */
export interface Invitation extends Pick<PublisherAccount, "publisherId" | "email" | "name"> {
  readonly by: string;
  readonly now: Date;
}

/** Accounts of publishers' people, and their requests for links. */
export class PublisherAccountRepository {
  constructor(private readonly store: Store) {}

  /**
   * Invites a person, or restores their revoked access. Returns the account, or null if the address belongs to an account of another
   * publisher, or to a valid one of this publisher.
   */
  async invite({ publisherId: publisher, email, name, by, now }: Invitation): Promise<PublisherAccount | null> {
    const invited = { name, invitedBy: by, invitedAt: now };
    return this.#first((database) =>
      database
        .insert(publisherAccounts)
        .values({ ...invited, id: randomUUID(), publisher, email: email.toLowerCase() })
        .onConflictDoUpdate({
          target: publisherAccounts.email,
          set: { ...invited, revokedBy: null, revokedAt: null, subject: null },
          setWhere: sql`${publisherAccounts.publisher} = excluded.publisher and ${publisherAccounts.revokedAt} is not null`,
        })
        .returning(),
    );
  }

  /** Lists the accounts of a publisher, valid ones first, by address. */
  async list(publisherId: string): Promise<PublisherAccount[]> {
    const rows = await this.store.query((database) =>
      database
        .select()
        .from(publisherAccounts)
        .where(eq(publisherAccounts.publisher, publisherId))
        .orderBy(sql`revoked_at is not null, email`),
    );
    return rows.map(accountOf);
  }

  /** Returns the number of people of publishers who may sign in. */
  async count(): Promise<number> {
    return this.store.value(sql`select count(*)::int as count from publisher_accounts where revoked_at is null`);
  }

  async find(accountId: string): Promise<PublisherAccount | null> {
    return isUuid(accountId) ? this.#where(eq(publisherAccounts.id, accountId)) : null;
  }

  /** Finds the account of an address, valid or revoked. */
  async findByEmail(email: string): Promise<PublisherAccount | null> {
    return this.#where(eq(publisherAccounts.email, email.toLowerCase()));
  }

  /**
   * Finds the valid account of a person who signed in externally: by `subject`, because an address can pass to somebody else. A verified
   * address is used once, to link an account that a colleague has prepared.
   */
  async ofIdentity({ subject, email }: { readonly subject: string; readonly email: string | null }): Promise<PublisherAccount | null> {
    const known = await this.#where(eq(publisherAccounts.subject, subject));
    if (known !== null) return known.revokedAt === null ? known : null;
    if (email === null) return null;
    const isFree = and(eq(publisherAccounts.email, email), isNull(publisherAccounts.subject), isNull(publisherAccounts.revokedAt));
    return this.#first((database) => database.update(publisherAccounts).set({ subject }).where(isFree).returning());
  }

  /** Returns the addresses of these accounts, by id. */
  async addresses(accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.store.rows<{ id: string; email: string }>(sql`
      select id, email from publisher_accounts where id in (select jsonb_array_elements_text(${JSON.stringify(accountIds)}::jsonb)::uuid)`);
    return new Map(rows.map(({ id, email }) => [id, email]));
  }

  /** Revokes an access and ends its sessions and links. Returns false if it was revoked already. */
  async revoke(accountId: string, { by, now }: Pick<Invitation, "by" | "now">): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      const revoked = await transaction.rows(sql`
        update publisher_accounts set revoked_by = ${by}, revoked_at = ${now.toISOString()}::timestamptz
        where id = ${accountId}::uuid and revoked_at is null returning 1`);
      await new SessionRepository(transaction, "publishers").endAll(accountId);
      return revoked.length > 0;
    });
  }

  /** Decides what happens to corrections by the people of a publisher. */
  async setCorrections(publisherId: string, policy: CorrectionPolicy): Promise<void> {
    await this.store.rows(sql`update publishers set corrections = ${policy} where id = ${publisherId}::uuid`);
  }

  /** Returns a publisher, with the ids of its connectors. */
  async publisher(publisherId: string): Promise<PublisherOfSpace | null> {
    const [row] = await this.store.rows<PublisherOfSpace>(sql`
      select name, kind, territory, licence, corrections, (select coalesce(jsonb_agg(connector order by connector), '[]') from publisher_connectors where publisher = publishers.id) as connectors
      from publishers where id = ${publisherId}::uuid`);
    return row ?? null;
  }

  /** Returns the names of the publishers of these connectors, by connector. */
  async publisherNames(connectors: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.store.rows<{ connector: string; name: string }>(sql`
      select connector, name from publisher_connectors owned join publishers on publishers.id = owned.publisher
      where connector in (select jsonb_array_elements_text(${JSON.stringify(connectors)}::jsonb))`);
    return new Map(rows.map(({ connector, name }) => [connector, name]));
  }

  /** Returns the id of the publisher of a connector, or null. */
  async publisherOf(connector: string): Promise<string | null> {
    const [row] = await this.store.rows<{ publisher: string }>(
      sql`select publisher from publisher_connectors where connector = ${connector}`,
    );
    return row?.publisher ?? null;
  }

  /** Finds a session and its person. Returns null if the session is missing or expired, or the access is revoked. */
  async ofSession(tokenHash: string, now: Date): Promise<PublisherVisitor | null> {
    const [found] = await this.store.query((database) =>
      database
        .select({
          session: publisherSessions,
          accountId: publisherAccounts.id,
          email: publisherAccounts.email,
          name: publisherAccounts.name,
          publisherId: publishers.id,
          publisher: publishers.name,
          corrections: publishers.corrections,
        })
        .from(publisherSessions)
        .innerJoin(publisherAccounts, eq(publisherAccounts.id, publisherSessions.account))
        .innerJoin(publishers, eq(publishers.id, publisherAccounts.publisher))
        .where(and(eq(publisherSessions.tokenHash, tokenHash), gt(publisherSessions.expiresAt, now), isNull(publisherAccounts.revokedAt))),
    );
    return found ?? null;
  }

  /** Records that a person used the space. */
  async markSeen(accountId: string, seenAt: Date): Promise<void> {
    await this.store.query((database) => database.update(publisherAccounts).set({ seenAt }).where(eq(publisherAccounts.id, accountId)));
  }

  /** Stores that somebody asked for a link to this address, known or not. */
  async requestLink(email: string, now: Date): Promise<void> {
    await this.store.rows(sql`
      insert into publisher_link_requests (id, email, at) values (${randomUUID()}::uuid, ${email}, ${now.toISOString()}::timestamptz)`);
  }

  /** Takes the oldest requests for links: of two workers, only one gets a request. */
  async takeLinkRequests(limit: number): Promise<{ readonly email: string; readonly at: Date }[]> {
    const taken = sql`
      delete from publisher_link_requests where id in (
        select id from publisher_link_requests order by publisher_link_requests.at, id limit ${limit} for update skip locked)
      returning email, publisher_link_requests.at::text as at`;
    return this.store.datedRows<{ readonly email: string; readonly at: Date }>(["at"], taken);
  }

  /** Removes requests for links before an instant. */
  async prune(before: Date): Promise<void> {
    await this.store.rows(sql`delete from publisher_link_requests where at < ${before.toISOString()}::timestamptz`);
  }

  #where(condition: SQL): Promise<PublisherAccount | null> {
    return this.#first((database) => database.select().from(publisherAccounts).where(condition));
  }

  async #first(select: (database: Database) => PromiseLike<AccountRow[]>): Promise<PublisherAccount | null> {
    const [row] = await this.store.query(select);
    return row === undefined ? null : accountOf(row);
  }
}

function accountOf({ id, publisher, subject, ...row }: AccountRow): PublisherAccount {
  return { ...row, accountId: id, publisherId: publisher };
}
