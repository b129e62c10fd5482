import { and, desc, eq, gt, lt, sql } from "drizzle-orm";
import { newToken, tokenHash } from "../../platform/secret-token.ts";
import { sessions, signInLinks } from "../schema/console-tables.ts";
import { publisherLinks, publisherSessions } from "../schema/publisher-account-tables.ts";
import type { Store } from "../store.ts";

/** A session of a signed-in person. `account`: id of their account. */
export type Session = typeof sessions.$inferSelect;

/** A one-time link. */
type Link = typeof signInLinks.$inferSelect;

/** Tables of each kind of people. `keepsEarlierLinks`: a new link does not replace earlier ones, because mails can arrive in another order. */
const tablesOf = {
  colleagues: { sessions, links: signInLinks, keepsEarlierLinks: false },
  publishers: { sessions: publisherSessions, links: publisherLinks, keepsEarlierLinks: true },
} as const;

/**
 * Sessions and one-time links of one kind of people. Tokens are stored only as SHA-256. The repositories of the accounts find the person of a
 * session.
 */
export class SessionRepository {
  readonly #tables: (typeof tablesOf)[keyof typeof tablesOf];

  constructor(
    private readonly store: Store,
    people: keyof typeof tablesOf,
  ) {
    this.#tables = tablesOf[people];
  }

  async begin(account: string, session: Omit<Session, "account">): Promise<void> {
    await this.store.query((database) => database.insert(this.#tables.sessions).values({ ...session, account }));
  }

  /** Records that a session was used, and its new expiry. */
  async touch(tokenHash: string, seenAt: Date, expiresAt: Date): Promise<void> {
    const { sessions } = this.#tables;
    await this.store.query((database) => database.update(sessions).set({ seenAt, expiresAt }).where(eq(sessions.tokenHash, tokenHash)));
  }

  /** Lists the sessions of an account, last used first. */
  async list(account: string, now: Date): Promise<Session[]> {
    const { sessions } = this.#tables;
    const isOpen = and(eq(sessions.account, account), gt(sessions.expiresAt, now));
    return this.store.query((database) => database.select().from(sessions).where(isOpen).orderBy(desc(sessions.seenAt)));
  }

  /** Ends one session of an account. */
  async end({ account, tokenHash }: Pick<Session, "account" | "tokenHash">): Promise<void> {
    const { sessions } = this.#tables;
    await this.store.query((database) =>
      database.delete(sessions).where(and(eq(sessions.account, account), eq(sessions.tokenHash, tokenHash))),
    );
  }

  /** Ends all sessions of an account except `keptHash`. */
  async endOthers(account: string, keptHash: string | null): Promise<void> {
    const { sessions } = this.#tables;
    const isOther = and(eq(sessions.account, account), sql`token_hash is distinct from ${keptHash}`);
    await this.store.query((database) => database.delete(sessions).where(isOther));
  }

  /** Ends all sessions and links of an account. */
  async endAll(account: string): Promise<void> {
    for (const table of [this.#tables.sessions, this.#tables.links])
      await this.store.query((database) => database.delete(table).where(eq(table.account, account)));
  }

  /** Stores a one-time link, and returns its token. For colleagues, it replaces earlier links of the account with the same purpose. */
  async addLink(account: string, purpose: Link["purpose"], expiresAt: Date): Promise<string> {
    const { links, keepsEarlierLinks } = this.#tables;
    const token = newToken();
    await this.store.transaction(async (transaction) => {
      const isEarlier = and(eq(links.account, account), eq(links.purpose, purpose));
      if (!keepsEarlierLinks) await transaction.query((database) => database.delete(links).where(isEarlier));
      await transaction.query((database) => database.insert(links).values({ account, purpose, expiresAt, tokenHash: tokenHash(token) }));
    });
    return token;
  }

  /** Returns the account of a valid link. `uses`: also deletes the link, so that it cannot be used again. */
  async link(token: string, purpose: Link["purpose"], now: Date, uses: boolean): Promise<string | null> {
    const { links } = this.#tables;
    const isIt = and(eq(links.tokenHash, tokenHash(token)), eq(links.purpose, purpose), gt(links.expiresAt, now));
    const [found] = await this.store.query((database) =>
      uses ? database.delete(links).where(isIt).returning() : database.select().from(links).where(isIt),
    );
    return found?.account ?? null;
  }

  /** Removes expired sessions and links. */
  async prune(now: Date): Promise<void> {
    for (const table of [this.#tables.sessions, this.#tables.links])
      await this.store.query((database) => database.delete(table).where(lt(table.expiresAt, now)));
  }
}
