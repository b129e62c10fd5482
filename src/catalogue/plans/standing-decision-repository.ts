import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { StandingDecision } from "../../model/plan/standing-decision.ts";
import { storableJson } from "../../model/text/storable.ts";
import { isoInstant, isUuid, type Store, textArray } from "../store.ts";

/** A decision that is not stored yet. */
export type NewStandingDecision = Omit<StandingDecision, "id" | "endedAt" | "endedBy">;

const columns = sql`id, kind, connector, publisher, field, rule, value, condition, note, by, ${isoInstant(sql`at`)} as at,
  ${isoInstant(sql`ended_at`)} as "endedAt", ended_by as "endedBy"`;

/** Condition: the decision holds for a connector. */
const holdsFor = (connector: string) => sql`ended_at is null and (connector = ${connector} or publisher = (
  select publisher from publisher_connectors where publisher_connectors.connector = ${connector}))`;

/** People's decisions that hold for the aids of later runs, too. An ended decision stays as a record of who decided what. */
export class StandingDecisionRepository {
  constructor(private readonly store: Store) {}

  /**
   * Stores a decision. Ends those that it replaces, and an earlier one about the same connector or publisher, kind, field and condition.
   * Returns its id.
   */
  async add(decision: NewStandingDecision, replaced: readonly string[] = []): Promise<string> {
    const { kind, connector, publisher, field, rule, value, condition, note, by, at } = decision;
    const conditionJson = condition === null ? null : storableJson(condition);
    const id = randomUUID();
    await this.store.transaction(async (transaction) => {
      await transaction.lock(`standing decisions ${connector ?? publisher}`);
      await transaction.rows(sql`
        update standing_decisions set ended_at = ${at}::timestamptz, ended_by = ${by}
        where ended_at is null and kind = ${kind} and (id::text = any(${textArray(replaced)})
          or connector is not distinct from ${connector} and publisher is not distinct from ${publisher}::uuid
            and field is not distinct from ${field} and condition is not distinct from ${conditionJson}::jsonb)`);
      await transaction.rows(sql`
        insert into standing_decisions (id, kind, connector, publisher, field, rule, value, condition, note, by, at)
        values (${id}::uuid, ${kind}, ${connector}, ${publisher}::uuid, ${field}, ${rule}, ${storableJson(value ?? null)}::jsonb,
          ${conditionJson}::jsonb, ${note}, ${by}, ${at}::timestamptz)`);
    });
    return id;
  }

  /** Lists the decisions that hold for a connector's aids, oldest first: its own, and those of its publisher. */
  async holdingFor(connector: string): Promise<StandingDecision[]> {
    return this.store.rows<StandingDecision>(sql`select ${columns} from standing_decisions where ${holdsFor(connector)} order by at, id`);
  }

  /**
   * Lists the answers that hold or have held, oldest first: the values that people chose for a field of many aids. `connectors`: only answers
   * for their aids. Null: all.
   */
  async answers(connectors: readonly string[] | null): Promise<StandingDecision[]> {
    const chosen =
      connectors === null
        ? sql`true`
        : sql`(connector = any(${textArray(connectors)}) or publisher in (
      select publisher from publisher_connectors where publisher_connectors.connector = any(${textArray(connectors)})))`;
    return this.store.rows<StandingDecision>(sql`
      select ${columns} from standing_decisions where kind = 'fill' and value <> 'null' and ${chosen} order by at, id`);
  }

  /** Returns a text that changes with each decision that is made or ended. */
  async version(): Promise<string> {
    return this.store.value<string>(sql`
      select concat(count(*), ' ', count(ended_at), ' ', max(at), ' ', max(ended_at)) as version from standing_decisions`);
  }

  /** Returns the connectors that a decision holds for. */
  async connectorsOf({ connector, publisher }: Pick<StandingDecision, "connector" | "publisher">): Promise<string[]> {
    if (connector !== null) return [connector];
    return this.store.values<string>(sql`
      select connector from publisher_connectors where publisher = ${publisher}::uuid order by connector`);
  }

  /** Lists all decisions, newest first: those that hold, or also those that ended. */
  async list({ withEnded = false }: { readonly withEnded?: boolean } = {}): Promise<StandingDecision[]> {
    return this.store.rows<StandingDecision>(sql`
      select ${columns} from standing_decisions where ${withEnded} or ended_at is null order by at desc, id limit ${maxListed}`);
  }

  /** Returns the decisions that hold and whose id begins with `id`, at most two. */
  async named(id: string): Promise<StandingDecision[]> {
    if (!isUuid(id) && !/^[0-9a-f-]{4,36}$/.test(id)) return [];
    return this.store.rows<StandingDecision>(sql`
      select ${columns} from standing_decisions where ended_at is null and starts_with(id::text, ${id}) order by id limit 2`);
  }

  /** Ends a decision. Its values and published aids stay. Returns false if it has ended already. */
  async end(id: string, { by, now }: { readonly by: string; readonly now: Date }): Promise<boolean> {
    return this.store.any(sql`
      update standing_decisions set ended_at = ${now.toISOString()}::timestamptz, ended_by = ${by}
      where id = ${id}::uuid and ended_at is null returning 1`);
  }
}

const maxListed = 2000;
