import { sql } from "drizzle-orm";
import type { AnsweredLetter, PointAnswer } from "../../model/publisher/letter-answer.ts";
import type { ExchangeKind } from "../../model/publisher/publisher-stage.ts";
import { storableJson } from "../../model/text/storable.ts";
import { isoInstant, type Store } from "../store.ts";

/** A publisher's answer to a point of a letter, or, if `code` and `field` are null, to the letter as a whole. */
export interface NewLetterAnswer {
  readonly code: string | null;
  readonly field: string | null;
  /** Null: only a remark. */
  readonly answer: PointAnswer | null;
  /** `YYYY-MM-DD`, only for `planned`. */
  readonly plannedFor: string | null;
  /** The publisher's own words. */
  readonly remark: string | null;
}

/** A stored answer. */
export interface LetterAnswer extends NewLetterAnswer {
  readonly at: Date;
}

/** A letter in the list of all letters, with the publisher's answers. */
export interface LetterOverview {
  readonly letterId: string;
  readonly connector: string;
  readonly publisher: string;
  readonly by: string;
  readonly at: Date;
  readonly sentAt: Date | null;
  /** Delivery is unknown: see `StoredLetter`. */
  readonly isUncertain: boolean;
  readonly revokedAt: Date | null;
  /** Number of answered points, and whether there is a remark on the whole letter. */
  readonly answered: number;
  readonly hasRemark: boolean;
  /** When the last answer arrived. */
  readonly answeredAt: Date | null;
  /** Open promises. A later answer to the same point, even in another letter, ends a promise. */
  readonly promised: readonly PlannedPoint[];
}

/** A point that a publisher promised to correct by a day. `plannedFor`: `YYYY-MM-DD`. */
interface PlannedPoint {
  readonly code: string;
  readonly field: string | null;
  readonly plannedFor: string;
}

/** A promise and its letter. */
export interface PromisedPoint extends PlannedPoint {
  readonly connector: string;
  readonly letterId: string;
}

/** The last answer to each point of each letter. */
const lastAnswers = sql`
  select distinct on (letter, code, field) letter, code, field, answer, planned_for, remark, letter_answers.at, seq from letter_answers
  order by letter, code, field, seq desc`;

/** The last answer to each point of each connector, over all its letters. */
const lastByConnector = sql`
  select distinct on (letters.connector, code, field) letters.connector, letters.id as letter, code, field, answer, planned_for, seq
  from letter_answers join letters on letters.id = letter_answers.letter where code is not null order by letters.connector, code, field, seq desc`;

const columns = sql`code, field, answer, planned_for::text as "plannedFor", remark, letter_answers.at::text as at`;

/** Publishers' answers to letters. All are stored; the last one to a point counts. */
export class LetterAnswerRepository {
  constructor(private readonly store: Store) {}

  /** Stores an answer. Returns false, without writing, if it equals the last one, so that a form sent twice is stored once. */
  async add(letterId: string, { code, field, answer, plannedFor, remark }: NewLetterAnswer, now: Date): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      await transaction.rows(sql`select 1 from letters where id = ${letterId}::uuid for update`);
      const [last] = await transaction.rows<NewLetterAnswer>(sql`
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

  /** Lists the last answer to each point of a letter, oldest first. Withdrawn answers (neither answer nor remark) are left out. */
  async list(letterId: string): Promise<LetterAnswer[]> {
    const last = sql`select distinct on (code, field) seq, ${columns} from letter_answers where letter = ${letterId}::uuid order by code, field, seq desc`;
    return this.store.datedRows<LetterAnswer>(
      ["at"],
      sql`select code, field, answer, "plannedFor", remark, last.at from (${last}) last where answer is not null or remark is not null order by seq`,
    );
  }

  /**
   * Logs, for the publisher of a connector, that a run read the feed again for a letter. Writes one entry per run, even if several
   * processes see the run end, or if the connector gets another publisher meanwhile.
   */
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
          select from exchanges logged where logged.kind = ${kind} and logged.details ->> 'run' = ${runId})`);
    });
  }

  /** Lists all letters, newest first. There are a few thousand at most. */
  async overview(): Promise<LetterOverview[]> {
    const select = sql`
      with last as (${lastAnswers}), newest as (${lastByConnector}),
      answered as (
        select letter, count(*) filter (where code is not null)::int as answered, bool_or(code is null and remark is not null) as remark, max(last.at) as at,
          coalesce(jsonb_agg(jsonb_build_object('code', code, 'field', field, 'plannedFor', planned_for::text) order by planned_for, seq)
            filter (where answer = 'planned' and seq in (select seq from newest)), '[]') as promised
        from last group by letter)
      select letters.id as "letterId", letters.connector, coalesce(letters.content -> 'letter' ->> 'publisher', letters.connector) as publisher, letters.by,
        letters.at::text as at, letters.sent_at::text as "sentAt", letters.revoked_at::text as "revokedAt", letters.is_uncertain as "isUncertain", coalesce(answered.answered, 0) as answered,
        coalesce(answered.remark, false) as "hasRemark", answered.at::text as "answeredAt", coalesce(answered.promised, '[]') as promised
      from letters left join answered on answered.letter = letters.id order by letters.at desc, letters.id`;
    return this.store.datedRows<LetterOverview>(["at", "sentAt", "revokedAt", "answeredAt"], select);
  }

  /** Lists letters that publishers have answered since an instant, with the time of the last answer, oldest first. */
  async answeredSince(since: Date): Promise<AnsweredLetter[]> {
    const select = sql`
      select letters.id as "letterId", letters.connector, ${isoInstant(sql`max(letter_answers.at)`)} as at, count(distinct (code, field))::int as points
      from letter_answers join letters on letters.id = letter_answers.letter
      where letter_answers.at > ${since.toISOString()}::timestamptz and (answer is not null or remark is not null)
      group by letters.id, letters.connector order by max(letter_answers.at), letters.id`;
    return this.store.datedRows<AnsweredLetter>(["at"], select);
  }

  /** Lists points promised for `day` (`YYYY-MM-DD`) or earlier, earliest first. Leaves out publishers at the stage `refused`. */
  async promisedBy(day: string): Promise<PromisedPoint[]> {
    return this.store.rows<PromisedPoint>(sql`
      select connector, letter as "letterId", code, field, planned_for::text as "plannedFor" from (${lastByConnector}) last
      where answer = 'planned' and planned_for <= ${day}::date and not exists (
        select from publisher_connectors own join publishers on publishers.id = own.publisher where own.connector = last.connector and publishers.stage = 'refused')
      order by planned_for, connector, seq`);
  }
}
