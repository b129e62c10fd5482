import { and, eq, lt, sql } from "drizzle-orm";
import { secondFactors } from "../schema/console-tables.ts";
import type { Store } from "../store.ts";

/** Purpose under which the keys of second factors are encrypted. */
export const secondFactorPurpose = "second factor";

/** The second factor of a person. `sealed`: the encrypted key of the codes (TOTP, RFC 6238). */
export interface SecondFactor {
  readonly sealed: string;
  readonly createdAt: Date;
  /** Number of unused recovery codes. */
  readonly recoveryCodes: number;
}

/** Second factors of the console's users. Recovery codes are stored only as SHA-256. */
export class SecondFactorRepository {
  constructor(private readonly store: Store) {}

  async find(personId: string): Promise<SecondFactor | null> {
    const [found] = await this.store.query((database) => database.select().from(secondFactors).where(eq(secondFactors.person, personId)));
    return found === undefined ? null : { sealed: found.sealed, createdAt: found.createdAt, recoveryCodes: found.recoveryHashes.length };
  }

  /** Stores a second factor. `step`: the time step of the code that confirmed it. Returns false if the person already has one. */
  async add(
    personId: string,
    factor: { readonly sealed: string; readonly step: number; readonly recoveryHashes: readonly string[]; readonly createdAt: Date },
  ): Promise<boolean> {
    const row = { ...factor, person: personId, lastStep: factor.step, recoveryHashes: [...factor.recoveryHashes] };
    const added = await this.store.query((database) => database.insert(secondFactors).values(row).onConflictDoNothing().returning());
    return added.length > 0;
  }

  /** Uses the code of a time step. Returns false if this or a later code was used before: each code works once (RFC 6238, 5.2). */
  async useStep(personId: string, step: number): Promise<boolean> {
    const isNew = and(eq(secondFactors.person, personId), lt(secondFactors.lastStep, step));
    const used = await this.store.query((database) => database.update(secondFactors).set({ lastStep: step }).where(isNew).returning());
    return used.length > 0;
  }

  /** Uses a recovery code. Returns false if it is unknown or was used before. */
  async useRecoveryCode(personId: string, hash: string): Promise<boolean> {
    const used = await this.store.rows(sql`
      update second_factors set recovery_hashes = array_remove(recovery_hashes, ${hash})
      where person = ${personId}::uuid and ${hash} = any(recovery_hashes) returning person`);
    return used.length > 0;
  }

  /** Removes the second factor of a person. Returns false if the person had none. */
  async remove(personId: string): Promise<boolean> {
    const removed = await this.store.query((database) =>
      database.delete(secondFactors).where(eq(secondFactors.person, personId)).returning({ person: secondFactors.person }),
    );
    return removed.length > 0;
  }
}
