import { type SQL, sql } from "drizzle-orm";
import type { Store } from "../store.ts";

/** An open page says that it is there every 20 seconds, once a minute behind others: who was not heard of for this long has closed it. */
const staysMs = 90_000;

/** Somebody who has an aid before them, and how many seconds ago their page said so. */
export interface ActiveVisitor {
  readonly name: string;
  readonly seconds: number;
}

/** Who has which aid before them, so that two persons do not do the same work. */
export class VisitRepository {
  constructor(private readonly store: Store) {}

  /** Says that this person has the aid before them now. `leavesOthers`: and no other any more. */
  async touch(aidId: string, person: string, now: Date, leavesOthers = false): Promise<void> {
    if (leavesOthers) await this.store.rows(sql`delete from aid_visits where person = ${person}::uuid and aid_id <> ${aidId}::uuid`);
    await this.store.rows(sql`
      insert into aid_visits (aid_id, person, seen_at) values (${aidId}::uuid, ${person}::uuid, ${now.toISOString()}::timestamptz)
      on conflict (aid_id, person) do update set seen_at = excluded.seen_at`);
  }

  /** Says that this person has done with the aid. */
  async leave(aidId: string, person: string): Promise<void> {
    await this.store.rows(sql`delete from aid_visits where aid_id = ${aidId}::uuid and person = ${person}::uuid`);
  }

  /** Who else (`person`: but them) has the aid before them, and how many seconds ago that was last said. */
  async others(aidId: string, person: string | null, now: Date): Promise<ActiveVisitor[]> {
    return this.store.rows<ActiveVisitor>(sql`
      select people.name, extract(epoch from ${now.toISOString()}::timestamptz - visit.seen_at)::float8 as seconds from aid_visits visit join people on people.id = visit.person
      where visit.aid_id = ${aidId}::uuid and visit.person is distinct from ${person}::uuid and visit.seen_at > ${since(now)}
      order by people.name limit 10`);
  }

  /** Of these aids, those that somebody else has before them, with the names. */
  async busy(aidIds: readonly string[], person: string | null, now: Date): Promise<ReadonlyMap<string, string>> {
    const found = await this.store.rows<{ aidId: string; names: string }>(sql`
      select visit.aid_id as "aidId", string_agg(people.name, ', ' order by people.name) as names
      from aid_visits visit join people on people.id = visit.person
      where visit.aid_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(aidIds)}::jsonb))
        and visit.person is distinct from ${person}::uuid and visit.seen_at > ${since(now)}
      group by visit.aid_id`);
    return new Map(found.map(({ aidId, names }) => [aidId, names]));
  }
}

/** Condition: nobody but this person has the aid before them. */
export function nobodyElseHas(aidId: SQL, person: string | null, now: Date): SQL {
  return sql`not exists (select from aid_visits visit where visit.aid_id = ${aidId} and visit.person is distinct from ${person}::uuid and visit.seen_at > ${since(now)})`;
}

function since(now: Date): SQL {
  return sql`${new Date(now.getTime() - staysMs).toISOString()}::timestamptz`;
}
