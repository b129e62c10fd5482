import { createHash, randomBytes, randomUUID } from "node:crypto";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { apiTokens } from "../schema/api-tables.ts";
import type { Store } from "../store.ts";

/** A key of the API as it is listed: the key itself is not in it. */
export interface ApiToken {
  readonly tokenId: string;
  /** Whose it is; of keys that are not revoked none has another's. */
  readonly name: string;
  readonly scope: "reuse" | "site";
  /** Requests a minute. */
  readonly perMinute: number;
  readonly by: string;
  readonly at: Date;
  readonly usedAt: Date | null;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
}

/** A key with its SHA-256, which what is signed for it is made from. */
export interface KnownApiToken extends ApiToken {
  readonly tokenHash: string;
}

/** The use of a key is written down so often at most. */
const usesApartMs = 600_000;

/** Keys of those who read the API with higher limits. Of a key its SHA-256 is kept only. */
export class ApiTokenRepository {
  constructor(private readonly store: Store) {}

  /** Makes a key, which is given here and never again; null where a key that is not revoked has this name. */
  async create(asked: Pick<ApiToken, "name" | "scope" | "perMinute" | "by">, now: Date): Promise<{ tokenId: string; key: string } | null> {
    const [tokenId, key] = [randomUUID(), `moisson_${randomBytes(32).toString("base64url")}`];
    const made = await this.store.transaction(async (transaction) => {
      // Two who make one of the same name at the same time wait for each other.
      await transaction.rows(sql`lock table api_tokens in share row exclusive mode`);
      if ((await new ApiTokenRepository(transaction).findByName(asked.name)) !== null) return false;
      const { name, scope, perMinute, by } = asked;
      await transaction.query((database) =>
        database.insert(apiTokens).values({ id: tokenId, name, scope, perMinute, by, at: now, tokenHash: hashOf(key) }),
      );
      return true;
    });
    return made ? { tokenId, key } : null;
  }

  /** All keys: those that are good first, newest first. */
  async list(): Promise<ApiToken[]> {
    const rows = await this.store.query((database) =>
      database.select().from(apiTokens).orderBy(sql`revoked_at is not null`, desc(apiTokens.at), apiTokens.id),
    );
    return rows.map((row) => {
      const { tokenHash, ...token } = tokenOf(row);
      return token;
    });
  }

  /** By its id, revoked ones too. */
  async find(tokenId: string): Promise<KnownApiToken | null> {
    const [row] = await this.store.query((database) => database.select().from(apiTokens).where(eq(apiTokens.id, tokenId)));
    return row === undefined ? null : tokenOf(row);
  }

  /** By the key itself, revoked ones too. */
  async findByKey(key: string): Promise<KnownApiToken | null> {
    const [row] = await this.store.query((database) =>
      database
        .select()
        .from(apiTokens)
        .where(eq(apiTokens.tokenHash, hashOf(key))),
    );
    return row === undefined ? null : tokenOf(row);
  }

  /** The key of this name that is not revoked. */
  async findByName(name: string): Promise<ApiToken | null> {
    const [row] = await this.store.query((database) =>
      database
        .select()
        .from(apiTokens)
        .where(and(eq(apiTokens.name, name), isNull(apiTokens.revokedAt))),
    );
    return row === undefined ? null : tokenOf(row);
  }

  /** Ends a key, and with it all that was signed for it. False where there is none, or it is revoked. */
  async revoke(tokenId: string, by: string, now: Date): Promise<boolean> {
    const revoked = await this.store.query((database) =>
      database
        .update(apiTokens)
        .set({ revokedBy: by, revokedAt: now })
        .where(and(eq(apiTokens.id, tokenId), isNull(apiTokens.revokedAt)))
        .returning({ id: apiTokens.id }),
    );
    return revoked.length > 0;
  }

  /** Notes that a key is used, every ten minutes at most. */
  async recordUse({ tokenId, usedAt }: ApiToken, now: Date): Promise<void> {
    if (usedAt !== null && now.getTime() - usedAt.getTime() < usesApartMs) return;
    await this.store.query((database) => database.update(apiTokens).set({ usedAt: now }).where(eq(apiTokens.id, tokenId)));
  }
}

function tokenOf({ id, ...row }: typeof apiTokens.$inferSelect): KnownApiToken {
  return { tokenId: id, ...row };
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
