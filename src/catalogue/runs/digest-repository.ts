import { sql } from "drizzle-orm";
import type { Digest, UnsentDigest } from "../../model/run/digest.ts";
import type { DeliveryFailure } from "../../model/run/digest-delivery.ts";
import { storableJson } from "../../model/text/storable.ts";
import { isoInstant } from "../store.ts";
import { DigestFacts } from "./digest-facts.ts";

/** A stored digest. `failures`: channels that failed so far, with the reason. */
export interface KeptDigest {
  readonly digestId: string;
  readonly until: Date;
  readonly content: Digest;
  readonly delivered: boolean;
  /** Number of attempts to send it. */
  readonly tries: number;
  readonly failures: readonly DeliveryFailure[];
}

/** A digest to store. */
export interface NewDigest {
  readonly digestId: string;
  readonly content: Digest;
}

/** Name of the digest in `due_times`. */
export const digestDue = "digest";

/** Stores digests and their delivery. */
export class DigestRepository extends DigestFacts {
  /**
   * Returns the end of the period that delivered digests cover. If no digest was delivered, returns the start of the first one, or null
   * without any digest.
   */
  async coveredUntil(): Promise<Date | null> {
    const until = await this.store.value<string | null>(
      sql`select ${isoInstant(sql`coalesce(max(until) filter (where delivered_at is not null), min(since))`)} as until from digests`,
    );
    return until === null ? null : new Date(until);
  }

  /**
   * Stores a digest to be sent. `due`: its due time. The same statement claims the due time and stores the digest, so that no digest is
   * lost if the worker crashes.
   * @returns false if another worker claimed `due`
   */
  async create({ digestId, content }: NewDigest, due: Date | null): Promise<boolean> {
    const { since, until } = content.period;
    const claimed =
      due === null
        ? sql`select 1`
        : sql`insert into due_times (name, done_for) values (${digestDue}, ${due.toISOString()}::timestamptz)
            on conflict (name) do update set done_for = excluded.done_for where due_times.done_for < excluded.done_for returning 1`;
    return this.store.any(sql`
      with claimed as (${claimed})
      insert into digests (id, since, until, content)
      select ${digestId}::uuid, ${since}::timestamptz, ${until}::timestamptz, ${storableJson(content)}::jsonb from claimed returning 1`);
  }

  /**
   * Returns the newest digest up to `now`, delivered or not, or null. It also covers the periods of older digests that were not delivered.
   * A digest of the future was made with a wrong clock.
   */
  async newest(now: Date): Promise<KeptDigest | null> {
    const select = sql`
      select id as "digestId", ${isoInstant(sql`until`)} as until, content, delivered_at is not null as delivered, tries, failures
      from digests where digests.until <= ${now.toISOString()}::timestamptz order by digests.until desc, id limit 1`;
    return (await this.store.datedRows<KeptDigest>(["until"], select))[0] ?? null;
  }

  /** Begins attempt number `tries + 1`. Returns false if another worker began it. */
  async beginTry(digestId: string, tries: number): Promise<boolean> {
    return this.store.any(sql`update digests set tries = tries + 1 where id = ${digestId}::uuid and tries = ${tries} returning 1`);
  }

  /** Records the result of an attempt. `deliveredAt`: time of the first delivery; null if it failed or was not the first. */
  async endTry(digestId: string, end: { readonly deliveredAt: Date | null; readonly failures: readonly DeliveryFailure[] }): Promise<void> {
    await this.store.rows(sql`
      update digests set delivered_at = coalesce(delivered_at, ${end.deliveredAt?.toISOString() ?? null}::timestamptz),
        failures = ${storableJson(end.failures)}::jsonb
      where id = ${digestId}::uuid`);
  }

  /** Lists undelivered digests since the last delivered one up to `now`, oldest first. Includes the delivered one if a channel failed. */
  async unsent(now: Date): Promise<UnsentDigest[]> {
    return this.store.rows<UnsentDigest>(sql`
      select ${isoInstant(sql`since`)} as since, ${isoInstant(sql`until`)} as until, delivered_at is not null as delivered, tries, failures from digests
      where until <= ${now.toISOString()}::timestamptz
        and until >= coalesce((select max(until) from digests where delivered_at is not null and until <= ${now.toISOString()}::timestamptz), '-infinity') and (delivered_at is null or failures <> '[]')
      order by digests.until`);
  }
}
