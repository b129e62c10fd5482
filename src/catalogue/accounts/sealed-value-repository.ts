import { sql } from "drizzle-orm";
import { placeOfSecret, seal, unseal } from "../../platform/seal.ts";
import type { Secrets } from "../../platform/secrets.ts";
import { storedSecretPurpose } from "../connectors/secret-repository.ts";
import type { Store } from "../store.ts";
import { secondFactorPurpose } from "./second-factor-repository.ts";

/** An encrypted value, and the key that decrypts it. */
export interface SealedValue {
  readonly kind: "stored-secret" | "second-factor";
  /** Name of the stored secret, or id of the person. */
  readonly about: string;
  /** Place of its key in the list of keys: 0 for the current one. Null if none decrypts it. */
  readonly place: number | null;
}

/** Where encrypted values are stored. `key`: the column that they are bound to. */
const places = [
  { kind: "stored-secret", table: "stored_secrets", key: "name", purpose: storedSecretPurpose },
  { kind: "second-factor", table: "second_factors", key: "person", purpose: secondFactorPurpose },
] as const;

/** All values that are encrypted under `MOISSON_SECRET`. */
export class SealedValueRepository {
  constructor(private readonly store: Store) {}

  /** Lists the encrypted values of these kinds with their keys. Default: of all kinds. */
  async list(secrets: Secrets, kinds?: readonly SealedValue["kind"][]): Promise<SealedValue[]> {
    const found = await this.#read(kinds);
    return found.map(({ kind, about, sealed, purpose }) => ({ kind, about, place: placeOfSecret(sealed, { secrets, purpose, about }) }));
  }

  async count(kinds?: readonly SealedValue["kind"][]): Promise<number> {
    return (await this.#read(kinds)).length;
  }

  /** Encrypts the values of old keys again under the current one. Returns how many. Values that nobody can decrypt stay as they are. */
  async reseal(secrets: Secrets): Promise<number> {
    let resealed = 0;
    for (const { table, key, about, sealed, purpose } of await this.#read()) {
      const context = { secrets, purpose, about };
      const value = placeOfSecret(sealed, context) === 0 ? null : unseal(sealed, context);
      if (value === null) continue;
      // Somebody may have replaced the value meanwhile.
      const written = await this.store.rows(sql`
        update ${sql.identifier(table)} set sealed = ${seal(value, context)}
        where ${sql.identifier(key)}::text = ${about} and sealed = ${sealed} returning sealed`);
      resealed += written.length;
    }
    return resealed;
  }

  async #read(kinds?: readonly SealedValue["kind"][]) {
    const found = [];
    for (const place of places) {
      if (kinds?.includes(place.kind) === false) continue;
      const rows = await this.store.rows<{ about: string; sealed: string }>(sql`
        select ${sql.identifier(place.key)}::text as about, sealed from ${sql.identifier(place.table)} order by 1`);
      found.push(...rows.map((row) => ({ ...place, ...row })));
    }
    return found;
  }
}
