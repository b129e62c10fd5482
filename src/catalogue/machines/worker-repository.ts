import { type SQL, sql } from "drizzle-orm";
import { isoInstant, type Store } from "../store.ts";

/** A running worker, as it reports itself. `migration`: the newest that it knows; `sickFor`: why it takes no run, or null. */
export interface OwnWorker {
  readonly name: string;
  readonly version: string;
  readonly migration: string;
  readonly sickFor: string | null;
}

/** A stored worker. `isGone`: it was not heard for `goneAfterSeconds`. `runs`: connectors of its running runs. */
export interface StoredWorker extends OwnWorker {
  readonly startedAt: string;
  readonly heardAt: string;
  readonly sickSince: string | null;
  readonly leaveFor: string | null;
  readonly isGone: boolean;
  readonly runs: readonly string[];
}

/** A worker that says nothing for this long has ended without a word, or cannot reach the database. */
export const goneAfterSeconds = 120;
const keptHours = 24;

const isHeard = sql`heard_at > clock_timestamp() - make_interval(secs => ${goneAfterSeconds})`;

/** The running workers. */
export class WorkerRepository {
  /** `quick`: a connection that is free even if all others are busy. */
  constructor(
    private readonly store: Store,
    private readonly quick: Store = store,
  ) {}

  /** Stores that a worker is running. Returns the newest migration of the database, and the migration for which the worker must end. */
  async hear({
    name,
    version,
    migration,
    sickFor,
  }: OwnWorker): Promise<{ readonly newest: string | null; readonly leaveFor: string | null }> {
    const since = sickFor === null ? sql`null` : sql`clock_timestamp()`;
    return this.quick.row(sql`
      insert into workers (name, version, migration, started_at, heard_at, sick_for, sick_since)
      values (${name}, ${version}, ${migration}, clock_timestamp(), clock_timestamp(), ${sickFor}, ${since})
      on conflict (name) do update set heard_at = excluded.heard_at, migration = excluded.migration, sick_for = excluded.sick_for,
        sick_since = case when excluded.sick_for = workers.sick_for then workers.sick_since else excluded.sick_since end
      returning leave_for as "leaveFor", (select migrations.name from migrations order by position desc limit 1) as newest`);
  }

  /** Deletes a worker that ends. */
  async leave(name: string): Promise<void> {
    await this.quick.rows(sql`delete from workers where name = ${name}`);
  }

  /** Lists the workers by name. */
  async list(): Promise<StoredWorker[]> {
    return this.store.rows(sql`
      select name, version, migration, sick_for as "sickFor", leave_for as "leaveFor", not ${isHeard} as "isGone",
        ${isoInstant(sql`started_at`)} as "startedAt", ${isoInstant(sql`heard_at`)} as "heardAt", ${isoInstant(sql`sick_since`)} as "sickSince",
        (select coalesce(jsonb_agg(connector order by connector), '[]') from runs where state = 'running' and worker = workers.name) as runs
      from workers order by name`);
  }

  /** Asks the running workers that do not know a migration to finish and end. Returns them. */
  async askToLeave(migration: string): Promise<{ readonly name: string; readonly version: string }[]> {
    return this.store.rows(sql`
      update workers set leave_for = ${migration} where migration <> ${migration} and ${isHeard} returning name, version`);
  }

  /** Deletes workers that were not heard for a day. */
  async prune(): Promise<void> {
    await this.store.rows(sql`delete from workers where heard_at < clock_timestamp() - make_interval(hours => ${keptHours})`);
  }

  /**
   * Makes a table grow by more than 16 MB, and takes the space back. A full disk has room for small rows in pages that exist. Random text,
   * because the file system may compress.
   */
  async growDisk(): Promise<void> {
    await this.store.transaction(async (transaction) => {
      await transaction.limitLockWaits(probeWaitSeconds);
      const filler: SQL = sql`(select string_agg(md5(random()::text || row || part), '') from generate_series(1, 60) as part)`;
      // The table's new file starts empty. Old pages could have room.
      await transaction.rows(sql`truncate disk_probe`);
      await transaction.rows(sql`insert into disk_probe (filler) select ${filler} from generate_series(1, ${probeRows}::int) as row`);
      await transaction.rows(sql`truncate disk_probe`);
    });
  }
}

const probeWaitSeconds = 2;
/** Rows of 1,920 bytes, four in a page: 17 MB. */
const probeRows = 8700;
