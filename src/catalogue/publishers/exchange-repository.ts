import { sql } from "drizzle-orm";
import type { ExchangeKind } from "../../model/publisher/publisher-stage.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";

/** An entry of a publisher's log. */
export interface Exchange {
  readonly seq: number;
  readonly publisherId: string;
  /** When it happened. */
  readonly at: Date;
  readonly kind: ExchangeKind;
  /** What a person wrote. */
  readonly text: string | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly by: string;
}

/** One to be written. `by`: a person's name, `Moisson`, or `producteur`. */
export type NewExchange = Pick<Exchange, "at" | "kind" | "by"> & Partial<Pick<Exchange, "text" | "details">>;

const columns = sql`seq::float8 as seq, publisher as "publisherId", exchanges.at::text as at, kind, text, details, by`;

/** The log of each publisher: what was said with it, and what became of it. */
export class ExchangeRepository {
  constructor(private readonly store: Store) {}

  async add(publisherId: string, { at, kind, by, text = null, details = {} }: NewExchange): Promise<void> {
    await this.store.rows(sql`
      insert into exchanges (publisher, at, kind, text, details, by)
      values (${publisherId}::uuid, ${at.toISOString()}::timestamptz, ${kind}, ${text}, ${storableJson(details)}::jsonb, ${by})`);
  }

  /** As `add`, unless the same person has written the same a moment before or after. @returns false where that is so: a form that is sent twice writes one */
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

  /** Writes into the log of whoever a connector is; nothing where it is nobody's. */
  async addOfConnector(connector: string, { at, kind, by, text = null, details = {} }: NewExchange): Promise<void> {
    await this.store.rows(sql`
      insert into exchanges (publisher, at, kind, text, details, by)
      select publisher, ${at.toISOString()}::timestamptz, ${kind}, ${text}, ${storableJson({ connector, ...details })}::jsonb, ${by}
      from publisher_connectors where connector = ${connector}`);
  }

  /** What happened with a publisher, newest first. */
  async list(publisherId: string, limit = 500): Promise<Exchange[]> {
    const rows = await this.store.rows<Row>(sql`
      select ${columns} from exchanges where publisher = ${publisherId}::uuid order by exchanges.at desc, exchanges.seq desc limit ${limit}`);
    return rows.map(exchangeOf);
  }

  /** Entries of a kind from an instant on, over all publishers, newest first. */
  async since(kind: ExchangeKind, from: Date, limit = 1000): Promise<Exchange[]> {
    const rows = await this.store.rows<Row>(sql`
      select ${columns} from exchanges where kind = ${kind} and exchanges.at >= ${from.toISOString()}::timestamptz order by exchanges.at desc, exchanges.seq desc limit ${limit}`);
    return rows.map(exchangeOf);
  }

  /** Takes an entry out that a person wrote by mistake. False where it is not there, or was written by what was done. */
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

type Row = Omit<Exchange, "at"> & { readonly at: string };

function exchangeOf(row: Row): Exchange {
  return { ...row, at: new Date(row.at) };
}
