import { sql } from "drizzle-orm";
import type { PointAnswer } from "../../model/publisher/letter-answer.ts";
import type { ExchangeKind } from "../../model/publisher/publisher-stage.ts";
import { storableJson } from "../storable-json.ts";
import type { Store } from "../store.ts";

/** What a publisher says of a point of a letter, or, where `code` and `field` are null, of the letter as a whole. */
export interface NewLetterAnswer {
  readonly code: string | null;
  readonly field: string | null;
  /** Null: a remark alone. */
  readonly answer: PointAnswer | null;
  /** `YYYY-MM-DD`; of `planned` only. */
  readonly plannedFor: string | null;
  /** In the publisher's words; null: none. */
  readonly remark: string | null;
}

/** An answer as it is kept. */
export interface LetterAnswer extends NewLetterAnswer {
  readonly at: Date;
}

const columns = sql`code, field, answer, planned_for::text as "plannedFor", remark, letter_answers.at::text as at`;

type Row = Omit<LetterAnswer, "at"> & { readonly at: string };

/** What publishers answer to letters. Each answer is kept; the last to a point counts. */
export class LetterAnswerRepository {
  constructor(private readonly store: Store) {}

  /** Keeps an answer. False where the same was the last: then nothing is written, and a form that is sent twice does nothing the second time. */
  async add(letterId: string, { code, field, answer, plannedFor, remark }: NewLetterAnswer, now: Date): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      await transaction.rows(sql`select 1 from letters where id = ${letterId}::uuid for update`);
      const [last] = await transaction.rows<Row>(sql`
        select ${columns} from letter_answers where letter = ${letterId}::uuid and code is not distinct from ${code}::text and field is not distinct from ${field}::text
        order by seq desc limit 1`);
      const before = last ?? { answer: null, plannedFor: null, remark: null };
      if (before.answer === answer && before.plannedFor === plannedFor && before.remark === remark) return false;
      await transaction.rows(sql`
        insert into letter_answers (letter, code, field, answer, planned_for, remark, at)
        values (${letterId}::uuid, ${code}, ${field}, ${answer}, ${plannedFor}::date, ${remark}, ${now.toISOString()}::timestamptz)`);
      return true;
    });
  }

  /** The last answer to each point of a letter, the one that was given first before. What was taken back (neither answer nor remark) is left out. */
  async of(letterId: string): Promise<LetterAnswer[]> {
    const rows = await this.store.rows<Row>(sql`
      select code, field, answer, "plannedFor", remark, last.at from (
        select distinct on (code, field) seq, ${columns} from letter_answers where letter = ${letterId}::uuid order by code, field, seq desc) last
      where answer is not null or remark is not null order by seq`);
    return rows.map((row) => ({ ...row, at: new Date(row.at) }));
  }

  /** Writes into the log of whoever a connector is, once for each run that read the feed of a letter again, however many see it end and whosever the connector is by then. */
  async logReread(
    { letterId, connector, runId }: { readonly letterId: string; readonly connector: string; readonly runId: string },
    { at, by, details }: { readonly at: Date; readonly by: string; readonly details: Readonly<Record<string, unknown>> },
  ): Promise<void> {
    const kind: ExchangeKind = "feed-read-again";
    await this.store.transaction(async (transaction) => {
      await transaction.rows(sql`select 1 from letters where id = ${letterId}::uuid for update`);
      await transaction.rows(sql`
        insert into exchanges (publisher, at, kind, details, by)
        select publisher, ${at.toISOString()}::timestamptz, ${kind}, ${storableJson({ ...details, connector, letter: letterId, run: runId })}::jsonb, ${by}
        from publisher_connectors where connector = ${connector} and not exists (
          select from exchanges told where told.kind = ${kind} and told.details ->> 'run' = ${runId})`);
    });
  }
}
