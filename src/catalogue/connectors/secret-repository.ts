import { eq, inArray } from "drizzle-orm";
import { FeedRefused } from "../../model/run/run-error.ts";
import { seal, unseal } from "../../platform/seal.ts";
import { storedSecrets } from "../schema/console-tables.ts";
import type { Store } from "../store.ts";

const purpose = "stored secrets";

/** A stored secret without its value. */
export interface StoredSecret {
  readonly name: string;
  readonly by: string;
  readonly at: Date;
}

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

  /** Stores a secret, replacing the earlier one of this name. `secret`: `MOISSON_SECRET`. */
  async save({ name, by, at }: StoredSecret, value: string, secret: string): Promise<void> {
    const kept = { sealed: seal(value, { secret, purpose, about: name }), by, at };
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
   * @throws FeedRefused `secret-unreadable` if a secret is stored and `MOISSON_SECRET` is missing or has changed
   */
  async addTo(environment: Environment, names: readonly string[]): Promise<Environment> {
    const lacking = names.filter((name) => !environment[name]?.trim());
    if (lacking.length === 0) return environment;
    const found = await this.store.query((database) => database.select().from(storedSecrets).where(inArray(storedSecrets.name, lacking)));
    const { MOISSON_SECRET: secret } = environment;
    const opened: Record<string, string> = {};
    for (const { name, sealed } of found) {
      const value = secret === undefined ? null : unseal(sealed, { secret, purpose, about: name });
      if (value === null) throw new FeedRefused("secret-unreadable", { variable: name, isMissing: secret === undefined ? 1 : 0 });
      opened[name] = value;
    }
    return { ...environment, ...opened };
  }
}
