import { randomUUID } from "node:crypto";
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { newToken, tokenHash } from "../../platform/secret-token.ts";
import { apiTokens } from "../schema/api-tables.ts";
import { isUuid, type Store } from "../store.ts";

/** An API key with its SHA-256, from which signatures for the key are derived. `name`: its owner. `perMinute`: requests a minute. */
export type KnownApiToken = Readonly<Omit<typeof apiTokens.$inferSelect, "id"> & { tokenId: string }>;

/** An API key as listed, without the key itself. */
export type ApiToken = Omit<KnownApiToken, "tokenHash">;

/** Minimum time between two updates of `usedAt`. */
const usesApartMs = 600_000;

/** API keys of clients with higher limits. Only the SHA-256 of a key is stored. */
export class ApiTokenRepository {
  constructor(private readonly store: Store) {}

  /** Creates a key and returns it; it cannot be read again. Returns null if a key that is not revoked has this name. */
  async create(token: Pick<ApiToken, "name" | "scope" | "perMinute" | "by">, now: Date): Promise<{ tokenId: string; key: string } | null> {
    const [tokenId, key] = [randomUUID(), `moisson_${newToken()}`];
    const made = await this.store.transaction(async (transaction) => {
      // Two callers that create a key of the same name at once must wait for each other.
      await transaction.rows(sql`lock table api_tokens in share row exclusive mode`);
      if ((await new ApiTokenRepository(transaction).findByName(token.name)) !== null) return false;
      const { name, scope, perMinute, by } = token;
      await transaction.query((database) =>
        database.insert(apiTokens).values({ id: tokenId, name, scope, perMinute, by, at: now, tokenHash: tokenHash(key) }),
      );
      return true;
    });
    return made ? { tokenId, key } : null;
  }

  /** Lists all keys: valid ones first, then newest first. */
  async list(): Promise<ApiToken[]> {
    const rows = await this.store.query((database) =>
      database.select().from(apiTokens).orderBy(sql`revoked_at is not null`, desc(apiTokens.at), apiTokens.id),
    );
    return rows.map((row) => {
      const { tokenHash, ...token } = tokenOf(row);
      return token;
    });
  }

  /** Finds a key by id, even if it is revoked. */
  async find(tokenId: string): Promise<KnownApiToken | null> {
    return isUuid(tokenId) ? this.#where(eq(apiTokens.id, tokenId)) : null;
  }

  /** Finds the record of a key by the key itself, even if it is revoked. */
  async findByKey(key: string): Promise<KnownApiToken | null> {
    return this.#where(eq(apiTokens.tokenHash, tokenHash(key)));
  }

  /** Finds the key of this name that is not revoked. */
  async findByName(name: string): Promise<ApiToken | null> {
    return this.#where(and(eq(apiTokens.name, name), isNull(apiTokens.revokedAt)));
  }

  /** Revokes a key and every signature made for it. Returns false if there is no such key, or it is already revoked. */
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

  /** Records that a key was used, at most every ten minutes. */
  async recordUse({ tokenId, usedAt }: ApiToken, now: Date): Promise<void> {
    if (usedAt !== null && now.getTime() - usedAt.getTime() < usesApartMs) return;
    await this.store.query((database) => database.update(apiTokens).set({ usedAt: now }).where(eq(apiTokens.id, tokenId)));
  }

  async #where(condition: SQL | undefined): Promise<KnownApiToken | null> {
    const [row] = await this.store.query((database) => database.select().from(apiTokens).where(condition));
    return row === undefined ? null : tokenOf(row);
  }
}

function tokenOf({ id, ...row }: typeof apiTokens.$inferSelect): KnownApiToken {
  return { tokenId: id, ...row };
}
