import { sql } from "drizzle-orm";
import type { Store } from "../store.ts";

/** A letter in the list of all, with what was answered to it. */
export interface LetterOverview {
  readonly letterId: string;
  readonly connector: string;
  readonly publisher: string;
  readonly by: string;
  readonly at: Date;
  readonly sentAt: Date | null;
  /** Nobody knows whether it got there: see `StoredLetter`. */
  readonly isUncertain: boolean;
  readonly revokedAt: Date | null;
  /** Points that were answered to, and whether something was written of the letter as a whole. */
  readonly answered: number;
  readonly hasRemark: boolean;
  /** When the last answer came. */
  readonly answeredAt: Date | null;
  /** As long as nothing else was said of the point since, be it to another letter about the connector. */
  readonly promised: readonly PlannedPoint[];
}

/** A point that a publisher has said to mend by a day. `plannedFor`: `YYYY-MM-DD`. */
interface PlannedPoint {
  readonly code: string;
  readonly field: string | null;
  readonly plannedFor: string;
}

/** A promise, and the letter that it answers to. */
export interface PromisedPoint extends PlannedPoint {
  readonly connector: string;
  readonly letterId: string;
}

/** The last answer to each point of each letter. */
const lastAnswers = sql`
  select distinct on (letter, code, field) letter, code, field, answer, planned_for, remark, letter_answers.at, seq from letter_answers
  order by letter, code, field, seq desc`;

/** What was last said of each point of a connector, to whichever letter. */
const lastSaid = sql`
  select distinct on (letters.connector, code, field) letters.connector, letters.id as letter, code, field, answer, planned_for, seq
  from letter_answers join letters on letters.id = letter_answers.letter where code is not null order by letters.connector, code, field, seq desc`;

/** Letters and their answers over all connectors. */
export class LetterOverviewRepository {
  constructor(private readonly store: Store) {}

  /** All letters, newest first: there are a few thousand at most. */
  async all(): Promise<LetterOverview[]> {
    const rows = await this.store.rows<Row>(sql`
      with last as (${lastAnswers}), said as (${lastSaid}),
      answered as (
        select letter, count(*) filter (where code is not null)::int as answered, bool_or(code is null and remark is not null) as remark, max(last.at) as at,
          coalesce(jsonb_agg(jsonb_build_object('code', code, 'field', field, 'plannedFor', planned_for::text) order by planned_for, seq)
            filter (where answer = 'planned' and seq in (select seq from said)), '[]') as promised
        from last group by letter)
      select letters.id as "letterId", letters.connector, coalesce(letters.content -> 'letter' ->> 'publisher', letters.connector) as publisher, letters.by,
        letters.at::text as at, letters.sent_at::text as "sentAt", letters.revoked_at::text as "revokedAt", letters.is_uncertain as "isUncertain", coalesce(answered.answered, 0) as answered,
        coalesce(answered.remark, false) as "hasRemark", answered.at::text as "answeredAt", coalesce(answered.promised, '[]') as promised
      from letters left join answered on answered.letter = letters.id order by letters.at desc, letters.id`);
    return rows.map(overviewOf);
  }

  /** Points that publishers have said to mend by `day` (`YYYY-MM-DD`) or before, earliest first; none of publishers that have refused since. */
  async promisedBy(day: string): Promise<PromisedPoint[]> {
    return this.store.rows<PromisedPoint>(sql`
      select connector, letter as "letterId", code, field, planned_for::text as "plannedFor" from (${lastSaid}) last
      where answer = 'planned' and planned_for <= ${day}::date and not exists (
        select from publisher_connectors own join publishers on publishers.id = own.publisher where own.connector = last.connector and publishers.stage = 'refused')
      order by planned_for, connector, seq`);
  }
}

type Times = "sentAt" | "revokedAt" | "answeredAt";
type Row = Omit<LetterOverview, "at" | Times> & { readonly at: string } & Readonly<Record<Times, string | null>>;

function overviewOf(row: Row): LetterOverview {
  const instant = (text: string | null) => (text === null ? null : new Date(text));
  const { at, sentAt, revokedAt, answeredAt } = row;
  return { ...row, at: new Date(at), sentAt: instant(sentAt), revokedAt: instant(revokedAt), answeredAt: instant(answeredAt) };
}
