import { sql } from "drizzle-orm";
import type { DeliveryFailure, Digest, UnsentDigest } from "../../model/run/digest.ts";
import { isoInstant } from "../iso-instant.ts";
import { storableJson } from "../storable-json.ts";
import { DigestFacts } from "./digest-facts.ts";

/** A digest as it is kept. `failures`: ways of sending by which it has not got through yet, with why. */
export interface KeptDigest {
  readonly digestId: string;
  readonly until: Date;
  readonly content: Digest;
  readonly delivered: boolean;
  /** How often sending it was begun. */
  readonly tries: number;
  readonly failures: readonly DeliveryFailure[];
}

/** A digest that was made. */
export interface NewDigest {
  readonly digestId: string;
  readonly content: Digest;
}

/** Under which name of `due_times` digests are seen to. */
export const digestDue = "digest";

/** Digests: made, tried, delivered; and what they are made of. */
export class DigestRepository extends DigestFacts {
  /** Up to when digests that reached somebody say everything; where none ever did, since when the first one was to; null where there was none. */
  async coveredUntil(): Promise<Date | null> {
    const { until } = await this.store.row<{ until: string | null }>(
      sql`select ${isoInstant(sql`coalesce(max(until) filter (where delivered_at is not null), min(since))`)} as until from digests`,
    );
    return until === null ? null : new Date(until);
  }

  /**
   * Keeps a digest that is about to be sent. `due`: the set time that it is made for: of many workers one keeps it, and the time counts as seen to only together
   * with the digest, so that who dies meanwhile takes no morning along.
   * @returns false where somebody else has seen to `due`
   */
  async create({ digestId, content }: NewDigest, due: Date | null): Promise<boolean> {
    const { since, until } = content.period;
    const claimed =
      due === null
        ? sql`select 1`
        : sql`insert into due_times (name, done_for) values (${digestDue}, ${due.toISOString()}::timestamptz)
            on conflict (name) do update set done_for = excluded.done_for where due_times.done_for < excluded.done_for returning 1`;
    const created = await this.store.rows(sql`
      with claimed as (${claimed})
      insert into digests (id, since, until, content)
      select ${digestId}::uuid, ${since}::timestamptz, ${until}::timestamptz, ${storableJson(content)}::jsonb from claimed returning 1`);
    return created.length > 0;
  }

  /** The newest digest, whatever became of it; null where there is none. It covers what older ones that did not get through were about. */
  async newest(): Promise<KeptDigest | null> {
    const [kept] = await this.store.rows<Omit<KeptDigest, "until"> & { until: string }>(sql`
      select id as "digestId", ${isoInstant(sql`until`)} as until, content, delivered_at is not null as delivered, tries, failures
      from digests order by digests.until desc, id limit 1`);
    return kept === undefined ? null : { ...kept, until: new Date(kept.until) };
  }

  /** Begins to send a digest that was tried `tries` times; false where somebody else has begun the same try. */
  async beginTry(digestId: string, tries: number): Promise<boolean> {
    const begun = await this.store.rows(
      sql`update digests set tries = tries + 1 where id = ${digestId}::uuid and tries = ${tries} returning 1`,
    );
    return begun.length > 0;
  }

  /** Notes what came of a try. `deliveredAt`: it has reached somebody now; null where it has not, or had before. */
  async endTry(digestId: string, end: { readonly deliveredAt: Date | null; readonly failures: readonly DeliveryFailure[] }): Promise<void> {
    await this.store.rows(sql`
      update digests set delivered_at = coalesce(delivered_at, ${end.deliveredAt?.toISOString() ?? null}::timestamptz),
        failures = ${storableJson(end.failures)}::jsonb
      where id = ${digestId}::uuid`);
  }

  /** Digests that did not get through since one last reached somebody, and that one where it did not by every way; oldest first. */
  async unsent(): Promise<UnsentDigest[]> {
    return this.store.rows<UnsentDigest>(sql`
      select ${isoInstant(sql`since`)} as since, ${isoInstant(sql`until`)} as until, delivered_at is not null as delivered, tries, failures from digests
      where until >= coalesce((select max(until) from digests where delivered_at is not null), '-infinity') and (delivered_at is null or failures <> '[]')
      order by digests.until`);
  }
}
