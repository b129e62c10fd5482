import { type SQL, sql } from "drizzle-orm";
import { causeNamed, databasePlace, type MachineFault } from "../../model/run/machine-fault.ts";
import { isoInstant, type Store } from "../store.ts";
import { goneAfterSeconds } from "./worker-repository.ts";

/** A fault that begins again within this time is the same one. */
const sameWithinSeconds = 300;

const hostOf = (name: SQL) => sql`regexp_replace(${name}, ':[0-9]+:[0-9a-f]{8}$', '')`;

/** Number of connectors with a run that waited: in the queue for the database, or ended by the fault on a host and queued again. */
const waited = sql`(
  select count(distinct connector)::int from runs where case when place = ${databasePlace}
    then asked_at <= coalesce(machine_faults.ended_at, clock_timestamp()) and (state = 'queued' or started_at >= machine_faults.began_at)
    else runs.machine_faults > 0 and exists (
      select from runs lost where lost.id = runs.tries_again and ${hostOf(sql`lost.worker`)} = place
        and lost.ended_at between machine_faults.began_at and coalesce(machine_faults.ended_at, clock_timestamp())) end)`;

/** Faults of machines, one row for each cause and place, whatever the number of runs that they stop. */
export class MachineFaultRepository {
  constructor(private readonly store: Store) {}

  /** Stores a fault that began some seconds ago. Continues the last one of the same cause and place if it ended only just before. */
  async note(cause: string, place: string, secondsAgo: number): Promise<void> {
    const began = sql`clock_timestamp() - make_interval(secs => ${secondsAgo})`;
    await this.store.rows(sql`
      with last as (
        select began_at from machine_faults where cause = ${cause} and place = ${place} order by began_at desc limit 1
      ), same as (
        update machine_faults set ended_at = null, began_at = least(machine_faults.began_at, ${began}) from last
        where cause = ${cause} and place = ${place} and machine_faults.began_at = last.began_at
          and coalesce(ended_at > ${began} - make_interval(secs => ${sameWithinSeconds}), true) returning 1
      )
      insert into machine_faults (cause, place, began_at) select ${cause}, ${place}, ${began} where not exists (select from same)
      on conflict do nothing`);
  }

  /** Ends the faults from which no running worker suffers any more. */
  async endOver(): Promise<void> {
    await this.store.rows(sql`
      update machine_faults set ended_at = clock_timestamp(), waited = ${waited} where ended_at is null and not exists (
        select from workers where sick_for = cause and (place = ${databasePlace} or ${hostOf(sql`name`)} = place)
          and heard_at > clock_timestamp() - make_interval(secs => ${goneAfterSeconds}))`);
  }

  /** Lists the faults that were going on at some time since an instant, the newest first. */
  async since(since: Date): Promise<MachineFault[]> {
    const rows = await this.store.rows<MachineFault>(sql`
      select cause, place, ${isoInstant(sql`began_at`)} as "beganAt", ${isoInstant(sql`ended_at`)} as "endedAt",
        case when ended_at is null then ${waited} else waited end as waited
      from machine_faults where coalesce(ended_at > ${since.toISOString()}::timestamptz, true) order by began_at desc, cause, place`);
    return rows.map((row) => ({ ...row, cause: causeNamed(row.cause) }));
  }

  /** Deletes the faults that ended before an instant. */
  async prune(before: Date): Promise<void> {
    await this.store.rows(sql`delete from machine_faults where ended_at < ${before.toISOString()}::timestamptz`);
  }
}
