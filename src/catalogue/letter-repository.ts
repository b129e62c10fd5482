import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { letters } from "./console-tables.ts";
import { storableJson } from "./storable-json.ts";
import type { Store } from "./store.ts";

/** A letter to a publisher, without its annex, which may be long. `content`: what it says, as JSON. */
export interface StoredLetter {
  readonly letterId: string;
  readonly connector: string;
  readonly runId: string;
  readonly content: unknown;
  readonly by: string;
  readonly at: Date;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
}

/** A letter in a list: what it says may be long, and is not read. */
export type ListedLetter = Omit<StoredLetter, "content">;

const facts = sql`id as "letterId", connector, run_id as "runId", by, at::text as at, revoked_by as "revokedBy", revoked_at::text as "revokedAt"`;
const columns = sql`${facts}, content -> 'letter' as content`;

type AsRow<Of> = Omit<Of, "at" | "revokedAt"> & { readonly at: string; readonly revokedAt: string | null };

/** Letters to publishers. Of the token of a letter's address its hash is kept. */
export class LetterRepository {
  constructor(private readonly store: Store) {}

  /** Keeps a letter and its annex, and gives its id. */
  async add(
    letter: Pick<StoredLetter, "connector" | "runId" | "by" | "at"> & {
      readonly letter: unknown;
      readonly annex: readonly unknown[];
      readonly tokenHash: string;
    },
  ): Promise<string> {
    const letterId = randomUUID();
    const content = storableJson({ letter: letter.letter, annex: letter.annex });
    await this.store.rows(sql`
      insert into letters (id, connector, run_id, token_hash, content, by, at)
      values (${letterId}::uuid, ${letter.connector}, ${letter.runId}::uuid, ${letter.tokenHash}, ${content}::jsonb, ${letter.by}, ${letter.at.toISOString()}::timestamptz)`);
    return letterId;
  }

  /** Letters about a connector, newest first. */
  async ofConnector(connector: string, limit = 100): Promise<ListedLetter[]> {
    const rows = await this.store.rows<AsRow<ListedLetter>>(
      sql`select ${facts} from letters where connector = ${connector} order by letters.at desc, id limit ${limit}`,
    );
    return rows.map(withTimes);
  }

  async find(letterId: string): Promise<StoredLetter | null> {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(letterId)) return null;
    const [found] = await this.store.rows<AsRow<StoredLetter>>(sql`select ${columns} from letters where id = ${letterId}::uuid`);
    return found === undefined ? null : withTimes(found);
  }

  /** The letter at this address, also where it is revoked. */
  async atAddress(tokenHash: string): Promise<StoredLetter | null> {
    const [found] = await this.store.rows<AsRow<StoredLetter>>(sql`select ${columns} from letters where token_hash = ${tokenHash}`);
    return found === undefined ? null : withTimes(found);
  }

  /** Every anomaly, line by line, as it was kept. */
  async annex(letterId: string): Promise<readonly unknown[]> {
    const [found] = await this.store.rows<{ annex: readonly unknown[] }>(
      sql`select content -> 'annex' as annex from letters where id = ${letterId}::uuid`,
    );
    return found?.annex ?? [];
  }

  /** Closes the address. False where it was closed already. */
  async revoke(letterId: string, by: string, now: Date): Promise<boolean> {
    const revoked = await this.store.rows(sql`
      update letters set revoked_by = ${by}, revoked_at = ${now.toISOString()}::timestamptz where id = ${letterId}::uuid and revoked_at is null returning 1`);
    return revoked.length > 0;
  }

  /** Gives a letter another address: the one before leads nowhere. */
  async readdress(letterId: string, tokenHash: string): Promise<void> {
    const changed = { tokenHash, revokedBy: null, revokedAt: null };
    await this.store.query((database) => database.update(letters).set(changed).where(eq(letters.id, letterId)));
  }
}

function withTimes<Of extends { readonly at: string; readonly revokedAt: string | null }>(
  row: Of,
): Omit<Of, "at" | "revokedAt"> & { readonly at: Date; readonly revokedAt: Date | null } {
  return { ...row, at: new Date(row.at), revokedAt: row.revokedAt === null ? null : new Date(row.revokedAt) };
}
