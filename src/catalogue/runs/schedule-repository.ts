import { asc, sql } from "drizzle-orm";
import { storableJson } from "../../model/text/storable.ts";
import { pauses } from "../schema/run-tables.ts";
import { isoInstant, type Store } from "../store.ts";

/** The name under which all connectors are paused. */
export const everything = "*";

/** A connector whose schedule is stopped, or `everything`. */
export type Pause = Readonly<typeof pauses.$inferSelect>;

/** A claimed due time that was in the future when a worker found it. The work counts as not done. Instants are ISO. */
export interface FutureDueTime {
  readonly name: string;
  readonly doneFor: string;
  readonly foundAt: string;
}

/** A due time further ahead than this was claimed with a wrong clock. */
const maxAhead = sql`interval '5 minutes'`;

const futureDueTime = sql`name, ${isoInstant(sql`was_ahead_to`)} as "doneFor", ${isoInstant(sql`found_ahead_at`)} as "foundAt"`;

/** Claimed due times, pauses, and rests of hosts. They determine when work may start. */
export class ScheduleRepository {
  constructor(private readonly store: Store) {}

  /** Returns the database's time. */
  async databaseTime(): Promise<Date> {
    const now = await this.store.value<string>(sql`select ${isoInstant(sql`clock_timestamp()`)} as now`);
    return new Date(now);
  }

  /** Claims a due time. Returns true for only one caller. Returns false if `due` or a later time of this name was already claimed. */
  async claim(name: string, due: Date): Promise<boolean> {
    return this.store.any(sql`
      insert into due_times (name, done_for) values (${name}, ${due.toISOString()}::timestamptz)
      on conflict (name) do update set done_for = excluded.done_for where due_times.done_for < excluded.done_for returning 1`);
  }

  /** Begins the schedules of new connectors. Their first run is the next due time after `now`. */
  async begin(connectors: readonly string[], now: Date): Promise<void> {
    if (connectors.length === 0) return;
    await this.store.rows(sql`
      insert into due_times (name, done_for, expected_since)
      select name, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz from jsonb_array_elements_text(${storableJson(connectors)}::jsonb) as name
      on conflict do nothing`);
  }

  /** Notes that no run of these connectors is expected up to `now`, exact to some minutes. */
  async expectNothing(connectors: readonly string[], now: Date): Promise<void> {
    if (connectors.length === 0) return;
    await this.store.rows(sql`
      update due_times set expected_since = ${now.toISOString()}::timestamptz
      where name in (select jsonb_array_elements_text(${storableJson(connectors)}::jsonb))
        and coalesce(expected_since < ${now.toISOString()}::timestamptz - interval '5 minutes', true)`);
  }

  /** Returns since when runs of each connector are expected; null for always. */
  async expectedSince(): Promise<ReadonlyMap<string, Date | null>> {
    const found = await this.store.rows<{ name: string; since: string | null }>(
      sql`select name, ${isoInstant(sql`expected_since`)} as since from due_times`,
    );
    return new Map(found.map(({ name, since }) => [name, since === null ? null : new Date(since)]));
  }

  /** Returns the last claimed due time by name. */
  async lastDueTimes(): Promise<ReadonlyMap<string, Date>> {
    const found = await this.store.rows<{ name: string; doneFor: string }>(sql`select name, done_for::text as "doneFor" from due_times`);
    return new Map(found.map(({ name, doneFor }) => [name, new Date(doneFor)]));
  }

  /** Returns a value that changes with the claimed due times and the pauses. */
  async signature(): Promise<string> {
    return this.store.value<string>(sql`
      select concat_ws(' ', count(*), sum(extract(epoch from done_for)), (select string_agg(connector, ' ' order by connector) from pauses)) as signature
      from due_times`);
  }

  /**
   * Replaces claimed due times that are in the future by yesterday's, so that their work counts as not done, and returns them. They come
   * from a clock that was wrong. Without this, nothing would run until the claimed time. Only one caller gets each of them.
   */
  async correctFutureDueTimes(now: Date): Promise<FutureDueTime[]> {
    return this.store.rows<FutureDueTime>(sql`
      update due_times set was_ahead_to = done_for, found_ahead_at = ${now.toISOString()}::timestamptz,
        done_for = ${now.toISOString()}::timestamptz - interval '1 day'
      where done_for > ${now.toISOString()}::timestamptz + ${maxAhead} returning ${futureDueTime}`);
  }

  /** Returns the due times that `correctFutureDueTimes` has replaced since an instant, by name. */
  async futureDueTimes(since: Date): Promise<FutureDueTime[]> {
    return this.store.rows<FutureDueTime>(sql`
      select ${futureDueTime} from due_times where found_ahead_at > ${since.toISOString()}::timestamptz order by name`);
  }

  /** Returns the pauses by connector, `everything` first. */
  async pauses(): Promise<Pause[]> {
    return this.store.query((database) => database.select().from(pauses).orderBy(asc(pauses.connector)));
  }

  /** Adds a pause. Returns false, and changes nothing, if the connector is already paused. */
  async pause({ connector, by, at, reason }: Pause): Promise<boolean> {
    const added = await this.store.query((database) =>
      database.insert(pauses).values({ connector, by, at, reason }).onConflictDoNothing().returning(),
    );
    return added.length > 0;
  }

  /**
   * Ends a pause. Runs that were due before `until` (now) are skipped.
   * @returns false if there was no pause
   */
  async resume(connector: string, until: Date): Promise<boolean> {
    return this.store.transaction(async (transaction) => {
      const removed = await transaction.rows(sql`delete from pauses where connector = ${connector} returning 1`);
      if (removed.length === 0 || connector === everything) return removed.length > 0;
      await transaction.rows(sql`
        insert into due_times (name, done_for, expected_since) values (${connector}, ${until.toISOString()}::timestamptz, ${until.toISOString()}::timestamptz)
        on conflict (name) do update set done_for = greatest(due_times.done_for, excluded.done_for), expected_since = excluded.expected_since`);
      return true;
    });
  }

  /** Keeps every worker away from a host for this long, as the host asked. */
  async restHost(host: string, seconds: number): Promise<void> {
    await this.store.rows(sql`
      insert into hosts (host, not_before) values (${host}, clock_timestamp() + make_interval(secs => ${seconds}))
      on conflict (host) do update set not_before = greatest(hosts.not_before, excluded.not_before)`);
  }
}
