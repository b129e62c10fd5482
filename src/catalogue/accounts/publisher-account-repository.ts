import { randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { CorrectionPolicy } from "../../model/publisher/correction-policy.ts";
import type { PublisherFacts } from "../publishers/publisher-repository.ts";
import { isUuid, type Store } from "../store.ts";

/** A person of a publisher who may sign in to its space. */
export interface PublisherAccount {
  readonly accountId: string;
  readonly publisherId: string;
  readonly email: string;
  readonly name: string;
  readonly invitedBy: string;
  readonly invitedAt: Date;
  /** Last use. Null: never signed in. */
  readonly seenAt: Date | null;
  readonly revokedBy: string | null;
  /** When a colleague revoked the access. Null: it is valid. */
  readonly revokedAt: Date | null;
}

/** The account of a session, with its publisher. */
export interface PublisherSession {
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
  readonly publisherId: string;
  readonly publisher: string;
  readonly corrections: CorrectionPolicy;
  readonly tokenHash: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

/** A publisher, as its space needs it. `connectors`: their ids. */
export interface PublisherOfSpace extends Pick<PublisherFacts, "name" | "kind" | "territory" | "licence"> {
  readonly connectors: readonly string[];
}

/** A person to invite. */
export interface Invitation extends Pick<PublisherAccount, "publisherId" | "email" | "name"> {
  readonly by: string;
  readonly now: Date;
}

const columns = sql`id as "accountId", publisher as "publisherId", email, name, invited_by as "invitedBy", invited_at::text as "invitedAt",
  seen_at::text as "seenAt", revoked_by as "revokedBy", revoked_at::text as "revokedAt"`;

/** Accounts of publishers' people, their sessions and links. Tokens are stored only as SHA-256. */
export class PublisherAccountRepository {
  constructor(private readonly store: Store) {}

  /**
   * Invites a person, or restores their revoked access. Returns the account, or null if the address belongs to an account of another
   * publisher, or to a valid one of this publisher.
   */
  async invite({ publisherId, email, name, by, now }: Invitation): Promise<PublisherAccount | null> {
    const at = sql`${now.toISOString()}::timestamptz`;
    return this.#one(sql`
      insert into publisher_accounts as known (id, publisher, email, name, invited_by, invited_at)
      values (${randomUUID()}::uuid, ${publisherId}::uuid, ${email.toLowerCase()}, ${name}, ${by}, ${at})
      on conflict (email) do update set name = excluded.name, invited_by = excluded.invited_by, invited_at = excluded.invited_at,
        revoked_by = null, revoked_at = null, subject = null
      where known.publisher = excluded.publisher and known.revoked_at is not null returning ${columns}`);
  }

  /** Lists the accounts of a publisher, valid ones first, by address. */
  async list(publisherId: string): Promise<PublisherAccount[]> {
    return this.#all(sql`
      select ${columns} from publisher_accounts where publisher = ${publisherId}::uuid order by revoked_at is not null, email`);
  }

  async find(accountId: string): Promise<PublisherAccount | null> {
    return isUuid(accountId) ? this.#where(sql`id = ${accountId}::uuid`) : null;
  }

  /** Finds the account of an address, valid or revoked. */
  async findByEmail(email: string): Promise<PublisherAccount | null> {
    return this.#where(sql`email = ${email.toLowerCase()}`);
  }

  /**
   * Finds the valid account of a person who signed in externally: by `subject`, because an address can pass to somebody else. A verified
   * address is used once, to link an account that a colleague has prepared.
   */
  async ofIdentity({ subject, email }: { readonly subject: string; readonly email: string | null }): Promise<PublisherAccount | null> {
    const known = await this.#where(sql`subject = ${subject}`);
    if (known !== null) return known.revokedAt === null ? known : null;
    if (email === null) return null;
    return this.#one(sql`
      update publisher_accounts set subject = ${subject} where email = ${email} and subject is null and revoked_at is null returning ${columns}`);
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
      await transaction.rows(sql`delete from publisher_sessions where account = ${accountId}::uuid`);
      await transaction.rows(sql`delete from publisher_links where account = ${accountId}::uuid`);
      return revoked.length > 0;
    });
  }

  /** Returns what happens to corrections by the people of a publisher. */
  async corrections(publisherId: string): Promise<CorrectionPolicy> {
    const [row] = await this.store.rows<{ corrections: CorrectionPolicy }>(
      sql`select corrections from publishers where id = ${publisherId}::uuid`,
    );
    return row?.corrections ?? "proposal";
  }

  async setCorrections(publisherId: string, policy: CorrectionPolicy): Promise<void> {
    await this.store.rows(sql`update publishers set corrections = ${policy} where id = ${publisherId}::uuid`);
  }

  /** Returns a publisher, with the ids of its connectors. */
  async publisher(publisherId: string): Promise<PublisherOfSpace | null> {
    const [row] = await this.store.rows<PublisherOfSpace>(sql`
      select name, kind, territory, licence, (select coalesce(jsonb_agg(connector order by connector), '[]') from publisher_connectors where publisher = publishers.id) as connectors
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

  /** Stores a one-time link. Earlier links stay valid until they expire: mails can arrive in another order. */
  async addLink(accountId: string, link: { readonly tokenHash: string; readonly expiresAt: Date }): Promise<void> {
    await this.store.rows(sql`
      insert into publisher_links (token_hash, account, expires_at)
      values (${link.tokenHash}, ${accountId}::uuid, ${link.expiresAt.toISOString()}::timestamptz)`);
  }

  /** Returns true if a link is valid. */
  async isLink(tokenHash: string, now: Date): Promise<boolean> {
    const found = await this.store.rows(sql`
      select 1 from publisher_links join publisher_accounts account on account.id = publisher_links.account
      where token_hash = ${tokenHash} and expires_at > ${now.toISOString()}::timestamptz and revoked_at is null`);
    return found.length > 0;
  }

  /** Deletes a valid link and starts the session of its account. Returns the account's id, or null for an invalid link. */
  async useLink(
    linkHash: string,
    session: { readonly tokenHash: string; readonly now: Date; readonly expiresAt: Date },
  ): Promise<string | null> {
    return this.store.transaction(async (transaction) => {
      const [used] = await transaction.rows<{ account: string }>(sql`
        delete from publisher_links where token_hash = ${linkHash} and expires_at > ${session.now.toISOString()}::timestamptz returning account`);
      if (used === undefined) return null;
      return new PublisherAccountRepository(transaction).begin(used.account, session);
    });
  }

  /** Starts a session. Returns the account's id, or null if its access is revoked. */
  async begin(
    accountId: string,
    { tokenHash, now, expiresAt }: { readonly tokenHash: string; readonly now: Date; readonly expiresAt: Date },
  ): Promise<string | null> {
    const at = sql`${now.toISOString()}::timestamptz`;
    const [begun] = await this.store.rows<{ account: string }>(sql`
      insert into publisher_sessions (token_hash, account, created_at, seen_at, expires_at)
      select ${tokenHash}, id, ${at}, ${at}, ${expiresAt.toISOString()}::timestamptz from publisher_accounts
      where id = ${accountId}::uuid and revoked_at is null returning account`);
    if (begun === undefined) return null;
    await this.store.rows(sql`update publisher_accounts set seen_at = ${at} where id = ${accountId}::uuid`);
    return begun.account;
  }

  /** Finds a session. Returns null if it is missing or expired, or the access is revoked. */
  async findSession(tokenHash: string, now: Date): Promise<PublisherSession | null> {
    const select = sql`
      select account.id as "accountId", account.email, account.name, publisher.id as "publisherId", publisher.name as publisher, publisher.corrections,
        session.token_hash as "tokenHash", session.created_at::text as "createdAt", session.seen_at::text as "seenAt"
      from publisher_sessions session join publisher_accounts account on account.id = session.account
        join publishers publisher on publisher.id = account.publisher
      where session.token_hash = ${tokenHash} and session.expires_at > ${now.toISOString()}::timestamptz and account.revoked_at is null`;
    return (await this.store.datedRows<PublisherSession>(["createdAt", "seenAt"], select))[0] ?? null;
  }

  /** Records that a session was used, and its new expiry. */
  async touch({ tokenHash, accountId }: PublisherSession, seenAt: Date, expiresAt: Date): Promise<void> {
    const at = sql`${seenAt.toISOString()}::timestamptz`;
    await this.store.rows(sql`
      update publisher_sessions set seen_at = ${at}, expires_at = ${expiresAt.toISOString()}::timestamptz where token_hash = ${tokenHash}`);
    await this.store.rows(sql`update publisher_accounts set seen_at = ${at} where id = ${accountId}::uuid`);
  }

  async endSession(tokenHash: string): Promise<void> {
    await this.store.rows(sql`delete from publisher_sessions where token_hash = ${tokenHash}`);
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

  /** Removes expired sessions and links, and requests before an instant. */
  async prune(now: Date, before: Date): Promise<void> {
    await this.store.rows(sql`delete from publisher_sessions where expires_at < ${now.toISOString()}::timestamptz`);
    await this.store.rows(sql`delete from publisher_links where expires_at < ${now.toISOString()}::timestamptz`);
    await this.store.rows(sql`delete from publisher_link_requests where at < ${before.toISOString()}::timestamptz`);
  }

  #where(condition: SQL): Promise<PublisherAccount | null> {
    return this.#one(sql`select ${columns} from publisher_accounts where ${condition}`);
  }

  async #one(statement: SQL): Promise<PublisherAccount | null> {
    return (await this.#all(statement))[0] ?? null;
  }

  #all(statement: SQL): Promise<PublisherAccount[]> {
    return this.store.datedRows<PublisherAccount>(["invitedAt", "seenAt", "revokedAt"], statement);
  }
}
