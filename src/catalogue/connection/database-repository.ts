import { sql } from "drizzle-orm";
import { isoInstant, type Store } from "../store.ts";

/** Facts about a server and our role on it. */
export interface DatabaseFacts {
  readonly version: string;
  /** 150020 for 15.20. */
  readonly versionNumber: number;
  readonly now: Date;
  readonly role: string;
  readonly isSuperuser: boolean;
  /** Tables that the role may not read, or not add rows to. */
  readonly closedTables: readonly string[];
  /** Open connections of all users. */
  readonly connections: number;
  readonly maxConnections: number;
  /** Whether the server refreshes its statistics by itself. */
  readonly autovacuum: boolean;
}

/** The database server itself. */
export class DatabaseRepository {
  constructor(private readonly store: Store) {}

  async facts(): Promise<DatabaseFacts> {
    const { now, ...facts } = await this.store.row<Omit<DatabaseFacts, "now"> & { now: string }>(sql`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as "versionNumber",
        ${isoInstant(sql`clock_timestamp()`)} as now, current_user::text as role,
        (select rolsuper from pg_roles where rolname = current_user) as "isSuperuser",
        (select coalesce(jsonb_agg(relname order by relname), '[]') from pg_class
          where relnamespace = current_schema()::regnamespace and relkind = 'r'
            and not (has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert'))) as "closedTables",
        (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
        current_setting('max_connections')::int as "maxConnections", current_setting('autovacuum') = 'on' as autovacuum`);
    return { ...facts, now: new Date(now) };
  }
}
