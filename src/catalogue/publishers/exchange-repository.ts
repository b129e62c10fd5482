import { sql } from "drizzle-orm";
import type { ExchangeKind } from "../../model/publisher/publisher-stage.ts";
import { storableJson } from "../../model/text/storable.ts";
import type { Store } from "../store.ts";

/** An entry of a publisher's log. */
export interface Exchange {
  readonly seq: number;
  readonly publisherId: string;
  /** When it happened. */
  readonly at: Date;
  readonly kind: ExchangeKind;
  /** Text written by a person. */
  readonly text: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly by: string;
}

/** A log entry to write. `by`: a person's name, `Moisson`, or `producteur`. */
export type NewExchange = Pick<Exchange, "at" | "kind" | "by"> & Partial<Pick<Exchange, "text" | "details">>;

const columns = sql`seq::float8 as seq, publisher as "publisherId", exchanges.at::text as at, kind, text, details, by`;

/** The log of exchanges with each publisher. */
export class ExchangeRepository {
  constructor(private readonly store: Store) {}

  async add(publisherId: string, { at, kind, by, text = null, details = {} }: NewExchange): Promise<void> {
    await this.store.rows(sql`
      insert into exchanges (publisher, at, kind, text, details, by)
      values (${publisherId}::uuid, ${at.toISOString()}::timestamptz, ${kind}, ${text}, ${storableJson(details)}::jsonb, ${by})`);
  }

  /**
   * Adds an entry, so that a form sent twice adds only one.
   * @returns false, without writing, if the same person wrote the same text within a minute
   */
  async addOnce(publisherId: string, entry: NewExchange): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      await transaction.lock(`log of ${publisherId}`);
      const same = await transaction.rows(sql`
        select 1 from exchanges where publisher = ${publisherId}::uuid and kind = ${entry.kind} and by = ${entry.by} and text is not distinct from ${entry.text ?? null}
          and exchanges.at between ${aMomentFrom(entry, -1)}::timestamptz and ${aMomentFrom(entry, 1)}::timestamptz limit 1`);
      if (same.length > 0) return false;
      await new ExchangeRepository(transaction).add(publisherId, entry);
      return true;
    });
  }

  /** Adds an entry to the log of a connector's publisher, if it has one. */
  async addOfConnector(connector: string, { at, kind, by, text = null, details = {} }: NewExchange): Promise<void> {
    await this.store.rows(sql`
      insert into exchanges (publisher, at, kind, text, details, by)
      select publisher, ${at.toISOString()}::timestamptz, ${kind}, ${text}, ${storableJson({ connector, ...details })}::jsonb, ${by}
      from publisher_connectors where connector = ${connector}`);
  }

  /** Lists the log of a publisher, newest first. */
  async list(publisherId: string, limit = 500): Promise<Exchange[]> {
    return this.store.datedRows<Exchange>(
      ["at"],
      sql`select ${columns} from exchanges where publisher = ${publisherId}::uuid order by exchanges.at desc, exchanges.seq desc limit ${limit}`,
    );
  }

  /** Lists entries of a kind since an instant, over all publishers, newest first. */
  async since(kind: ExchangeKind, from: Date, limit = 1000): Promise<Exchange[]> {
    const isRecent = sql`exchanges.at >= ${from.toISOString()}::timestamptz`;
    return this.store.datedRows<Exchange>(
      ["at"],
      sql`select ${columns} from exchanges where kind = ${kind} and ${isRecent} order by exchanges.at desc, exchanges.seq desc limit ${limit}`,
    );
  }

  /** Removes an entry that a person wrote by mistake. Returns false if it does not exist, or Moisson wrote it. */
  async remove(publisherId: string, seq: number): Promise<boolean> {
    const removed = await this.store.rows(sql`
      delete from exchanges where publisher = ${publisherId}::uuid and seq = ${seq}::bigint and kind in ('call', 'mail', 'meeting', 'note') returning 1`);
    return removed.length > 0;
  }
}

const momentMs = 60_000;

function aMomentFrom({ at }: NewExchange, side: 1 | -1): string {
  return new Date(at.getTime() + side * momentMs).toISOString();
}
