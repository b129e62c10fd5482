import { sql } from "drizzle-orm";
import type { PackedEdition } from "../../model/territories/edition.ts";
import { isoInstant, type Store } from "../store.ts";
import { lastTaken, refreshEdition } from "./edition-in-use.ts";

/** The edition in use, and the plan that took it. */
export interface TakenEdition {
  readonly planId: string;
  readonly name: string;
  /** ISO instant. */
  readonly appliedAt: string;
}

/** Stores editions of the official lists of territories. */
export class TerritoryEditionRepository {
  constructor(private readonly store: Store) {}

  /** Makes this process use the edition of the catalogue. Call it before a unit of work that reads territories. */
  async refresh(): Promise<void> {
    await refreshEdition(this.store);
  }

  /** Returns the edition that a plan has taken. Null: the edition of the installed package is in use. */
  async taken(): Promise<TakenEdition | null> {
    return this.store.find<TakenEdition>(
      sql`select plan_id as "planId", name, ${isoInstant(sql`applied_at`)} as "appliedAt" from ${lastTaken} taken`,
    );
  }

  /** Stores the edition that a plan takes when it is applied. */
  async add(planId: string, { name, stamp, packed }: PackedEdition): Promise<void> {
    // Sent as base64, because both drivers write bytea as hexadecimal.
    const text = Buffer.from(packed).toString("base64");
    await this.store.rows(sql`
      insert into territory_editions (plan_id, name, stamp, packed) values (${planId}::uuid, ${name}, ${stamp}, decode(${text}, 'base64'))`);
  }
}
