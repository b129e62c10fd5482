import { eq, inArray } from "drizzle-orm";
import { FeedRefused } from "../../model/run/run-error.ts";
import { seal, unseal } from "../../platform/seal.ts";
import { readSecrets, type Secrets } from "../../platform/secrets.ts";
import { storedSecrets } from "../schema/console-tables.ts";
import type { Store } from "../store.ts";

/** Purpose of their encryption. */
export const storedSecretPurpose = "stored secrets";

/** A stored secret without its value. */
export type StoredSecret = Readonly<Omit<typeof storedSecrets.$inferSelect, "sealed">>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Keys and passwords for publishers' servers, entered in the console. Encrypted with `MOISSON_SECRET` and bound to their names. */
export class SecretRepository {
  constructor(private readonly store: Store) {}

  /** Lists which of these secrets are stored, in no order. Default: all. */
  async list(names?: readonly string[]): Promise<StoredSecret[]> {
    const { name, by, at } = storedSecrets;
    return this.store.query((database) =>
      database
        .select({ name, by, at })
        .from(storedSecrets)
        .where(names === undefined ? undefined : inArray(name, [...names])),
    );
  }

  /** Stores a secret, replacing the earlier one of this name. */
  async save({ name, by, at }: StoredSecret, value: string, secrets: Secrets): Promise<void> {
    const kept = { sealed: seal(value, { secrets, purpose: storedSecretPurpose, about: name }), by, at };
    await this.store.query((database) =>
      database
        .insert(storedSecrets)
        .values({ name, ...kept })
        .onConflictDoUpdate({ target: storedSecrets.name, set: kept }),
    );
  }

  /** Removes a secret. Returns false if there was none. */
  async remove(name: string): Promise<boolean> {
    const removed = await this.store.query((database) =>
      database.delete(storedSecrets).where(eq(storedSecrets.name, name)).returning({ name: storedSecrets.name }),
    );
    return removed.length > 0;
  }

  /**
   * Adds the named secrets that are missing in the environment and returns the result.
   * @throws FeedRefused `secret-unreadable` if a secret is stored and its key is neither `MOISSON_SECRET` nor an old one
   */
  async addTo(environment: Environment, names: readonly string[]): Promise<Environment> {
    const lacking = names.filter((name) => !environment[name]?.trim());
    if (lacking.length === 0) return environment;
    const found = await this.store.query((database) => database.select().from(storedSecrets).where(inArray(storedSecrets.name, lacking)));
    const secrets = readSecrets(environment);
    const opened: Record<string, string> = {};
    for (const { name, sealed } of found) {
      const value = secrets === null ? null : unseal(sealed, { secrets, purpose: storedSecretPurpose, about: name });
      if (value === null) throw new FeedRefused("secret-unreadable", { variable: name, isMissing: secrets === null ? 1 : 0 });
      opened[name] = value;
    }
    return { ...environment, ...opened };
  }
}
