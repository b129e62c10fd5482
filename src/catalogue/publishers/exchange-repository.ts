import { getTableColumns, sql } from "drizzle-orm";
import type { ExchangeKind } from "../../model/publisher/publisher-stage.ts";
import { storableJson } from "../../model/text/storable.ts";
import { exchanges } from "../schema/partner-tables.ts";
import type { RowOf, Store } from "../store.ts";

const { publisher, ...others } = getTableColumns(exchanges);
const columns = { publisherId: publisher, ...others };

/** An entry of a publisher's log. `at`: when it happened; `text`: written by a person. */
export type Exchange = RowOf<typeof columns>;

/** A log entry to write. `by`: a person's name, `Moisson`, or `producteur`. */
export type NewExchange = Pick<Exchange, "at" | "kind" | "by"> & Partial<Pick<Exchange, "text" | "details">>;

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
    return this.store.select(
      columns,
      sql`from exchanges where publisher = ${publisherId}::uuid order by exchanges.at desc, exchanges.seq desc limit ${limit}`,
    );
  }

  /** Lists entries of a kind since an instant, over all publishers, newest first. */
  async since(kind: ExchangeKind, from: Date, limit = 1000): Promise<Exchange[]> {
    const isRecent = sql`exchanges.at >= ${from.toISOString()}::timestamptz`;
    return this.store.select(
      columns,
      sql`from exchanges where kind = ${kind} and ${isRecent} order by exchanges.at desc, exchanges.seq desc limit ${limit}`,
    );
  }

  /** Removes an entry that a person wrote by mistake. Returns false if it does not exist, or Moisson wrote it. */
  async remove(publisherId: string, seq: number): Promise<boolean> {
    return this.store.any(sql`
      delete from exchanges where publisher = ${publisherId}::uuid and seq = ${seq}::bigint and kind in ('call', 'mail', 'meeting', 'note') returning 1`);
  }
}

const momentMs = 60_000;

function aMomentFrom({ at }: NewExchange, side: 1 | -1): string {
  return new Date(at.getTime() + side * momentMs).toISOString();
}
