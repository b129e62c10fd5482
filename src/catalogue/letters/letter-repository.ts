import { randomUUID } from "node:crypto";
import { eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import { letters } from "../schema/console-tables.ts";
import { isUuid, type RowOf, type Store } from "../store.ts";

const { id, content: _, tokenHash: _hash, ...others } = getTableColumns(letters);
const facts = { letterId: id, ...others };
const columns = { ...facts, content: sql<unknown>`content -> 'letter'` };

/** A letter in a list, without its content, which can be long. */
export type ListedLetter = RowOf<typeof facts>;

/**
 * A letter to a publisher, without its annex, which can be long. `content`: the letter as JSON. `sentAt`, `sentBy`: when it was last sent, or
 * recorded as sent, and by whom. `sentTo`: recipients, separated by `, `: personal data; null if somebody sent it outside Moisson.
 * `isUncertain`: it is being sent, or delivery is unknown. `rereadAt`, `rereadRun`: when the publisher last asked us to read the feed again, and
 * the run that does it.
 */
export type StoredLetter = RowOf<typeof columns>;

/** State of the letter before the sending. It is restored if the mail certainly did not leave. */
export interface BeforeSending {
  readonly sentAt: string | null;
  readonly sentBy: string | null;
  readonly sentTo: string | null;
  readonly isUncertain: boolean;
  readonly tokenHash: string;
}

/** Sender, time and recipients of a letter, and the token hash of the address in the mail. */
export interface Sending {
  readonly by: string;
  readonly at: Date;
  readonly to: readonly string[];
  readonly tokenHash: string;
}

/** Letters to publishers. Only the hash of an address's token is stored. */
export class LetterRepository {
  constructor(private readonly store: Store) {}

  /** Stores a letter and its annex, and returns its id. */
  async add(
    letter: Pick<StoredLetter, "connector" | "runId" | "by" | "at"> & {
      readonly kind?: StoredLetter["kind"];
      readonly letter: unknown;
      readonly annex: readonly unknown[];
      readonly tokenHash: string;
    },
  ): Promise<string> {
    const letterId = randomUUID();
    const content = storableJson({ letter: letter.letter, annex: letter.annex });
    await this.store.rows(sql`
      insert into letters (id, connector, run_id, kind, token_hash, content, by, at)
      values (${letterId}::uuid, ${letter.connector}, ${letter.runId}::uuid, ${letter.kind ?? "errors"}, ${letter.tokenHash}, ${content}::jsonb, ${letter.by}, ${letter.at.toISOString()}::timestamptz)`);
    return letterId;
  }

  /**
   * Adds a letter and returns it. If the same person made one for the same run after `since`, and it is not revoked, returns that one
   * instead. Of two calls at the same moment, only one adds a letter.
   */
  async addUnlessSame(
    letter: Parameters<LetterRepository["add"]>[0],
    since: Date,
  ): Promise<{ readonly letterId: string; readonly isNew: boolean }> {
    const { connector, runId, by, kind = "errors" } = letter;
    return this.store.transaction(async (transaction) => {
      await transaction.lock(`letter ${connector} ${by}`);
      const [same] = await transaction.rows<{ letterId: string }>(sql`
        select id as "letterId" from letters where connector = ${connector} and run_id = ${runId}::uuid and by = ${by} and kind = ${kind} and revoked_at is null
          and letters.at >= ${since.toISOString()}::timestamptz order by letters.at desc limit 1`);
      return same === undefined
        ? { letterId: await new LetterRepository(transaction).add(letter), isNew: true }
        : { ...same, isNew: false };
    });
  }

  /** Lists letters about a connector, newest first. */
  async list(connector: string, limit = 100): Promise<ListedLetter[]> {
    return this.store.select(facts, sql`from letters where connector = ${connector} order by letters.at desc, id limit ${limit}`);
  }

  async find(letterId: string): Promise<StoredLetter | null> {
    return isUuid(letterId) ? this.#one(sql`id = ${letterId}::uuid`) : null;
  }

  /** Finds the letter at an address, even if it is revoked. */
  async findByToken(tokenHash: string): Promise<StoredLetter | null> {
    return this.#one(sql`token_hash = ${tokenHash}`);
  }

  /** Returns every anomaly of the annex, line by line. */
  async annex(letterId: string): Promise<readonly unknown[]> {
    return (
      (await this.store.findValue<readonly unknown[]>(sql`select content -> 'annex' as annex from letters where id = ${letterId}::uuid`)) ??
      []
    );
  }

  /** Revokes the address. Returns false if it was already revoked. */
  async revoke(letterId: string, by: string, now: Date): Promise<boolean> {
    return this.store.any(sql`
      update letters set revoked_by = ${by}, revoked_at = ${now.toISOString()}::timestamptz where id = ${letterId}::uuid and revoked_at is null returning 1`);
  }

  /**
   * Marks a letter as being sent. It counts as sent until the outcome is known. `seen`: the value of `sentAt` on the person's page.
   * Returns null, without writing, if the letter was sent meanwhile or its address is revoked.
   */
  async beginSending(letterId: string, seen: Date | null, { by, at, to, tokenHash }: Sending): Promise<BeforeSending | null> {
    return this.store.find<BeforeSending>(sql`
      with before as (
        select id, sent_at, sent_by, sent_to, is_uncertain, token_hash from letters
        where id = ${letterId}::uuid and revoked_at is null and sent_at is not distinct from ${seen?.toISOString() ?? null}::timestamptz for update)
      update letters set sent_at = ${at.toISOString()}::timestamptz, sent_by = ${by}, sent_to = ${to.join(", ")}, is_uncertain = true, token_hash = ${tokenHash}
      from before where letters.id = before.id
      returning before.sent_at::text as "sentAt", before.sent_by as "sentBy", before.sent_to as "sentTo", before.is_uncertain as "isUncertain", before.token_hash as "tokenHash"`);
  }

  /** Restores the letter after a failed sending, unless it was sent again meanwhile. */
  async revertSending(letterId: string, { at, tokenHash }: Sending, before: BeforeSending): Promise<void> {
    await this.store.rows(sql`
      update letters set sent_at = ${before.sentAt}::timestamptz, sent_by = ${before.sentBy}, sent_to = ${before.sentTo}, is_uncertain = ${before.isUncertain},
        token_hash = case when token_hash = ${tokenHash} then ${before.tokenHash} else token_hash end
      where id = ${letterId}::uuid and sent_at = ${at.toISOString()}::timestamptz and is_uncertain`);
  }

  /**
   * Records the delivery. `to`: addresses that received the letter, by default all. Returns false if the letter was sent again meanwhile,
   * or if its delivery was already recorded.
   */
  async markSent(letterId: string, at: Date, to?: readonly string[]): Promise<boolean> {
    return this.store.any(sql`
      update letters set sent_to = coalesce(${to?.join(", ") ?? null}, sent_to), is_uncertain = false
      where id = ${letterId}::uuid and sent_at = ${at.toISOString()}::timestamptz and is_uncertain returning 1`);
  }

  /** Records that somebody sent the letter outside Moisson. Returns false if it was sent after `since`, or if its address is revoked. */
  async markSentByHand(
    letterId: string,
    { by, at, since }: { readonly by: string; readonly at: Date; readonly since: Date },
  ): Promise<boolean> {
    return this.store.any(sql`
      update letters set sent_at = ${at.toISOString()}::timestamptz, sent_by = ${by}, sent_to = null, is_uncertain = false
      where id = ${letterId}::uuid and revoked_at is null and (sent_at is null or sent_at <= ${since.toISOString()}::timestamptz) returning 1`);
  }

  /** Returns the connectors that read a site whose publisher has not been sent a courtesy letter. */
  async unannouncedSites(): Promise<ReadonlySet<string>> {
    return this.store.set<string>(sql`
      select id as connector from connectors where reads_site and not exists (
        select from letters where letters.connector = connectors.id and kind = 'courtesy' and sent_at is not null and not is_uncertain)`);
  }

  /** Returns the letter about errors of a connector that was sent last, even if its address is revoked, or null. */
  async lastSent(connector: string): Promise<StoredLetter | null> {
    return this.#one(sql`connector = ${connector} and kind = 'errors' and sent_at is not null order by letters.sent_at desc, id limit 1`);
  }

  /**
   * Reserves a new reading of the letter's feed, so that two clicks start only one run. Returns false if a reading was reserved after
   * `since`, or if the address is revoked.
   */
  async claimReread(letterId: string, now: Date, since: Date): Promise<boolean> {
    return this.store.any(sql`
      update letters set reread_at = ${now.toISOString()}::timestamptz, reread_run = null where id = ${letterId}::uuid and revoked_at is null
        and (reread_at is null or reread_at <= ${since.toISOString()}::timestamptz) returning 1`);
  }

  /** Records the run that reads the feed again. */
  async setRereadRun(letterId: string, runId: string): Promise<void> {
    await this.store.query((database) => database.update(letters).set({ rereadRun: runId }).where(eq(letters.id, letterId)));
  }

  /** Gives a letter a new address. The old address stops working. */
  async changeAddress(letterId: string, tokenHash: string): Promise<void> {
    const changed = { tokenHash, revokedBy: null, revokedAt: null };
    await this.store.query((database) => database.update(letters).set(changed).where(eq(letters.id, letterId)));
  }

  async #one(condition: SQL): Promise<StoredLetter | null> {
    return this.store.selectOne(columns, sql`from letters where ${condition}`);
  }
}
