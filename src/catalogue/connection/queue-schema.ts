import pg from "pg";
import { postgresqlAddress } from "../../platform/postgresql-client.ts";
import { roleOf } from "../schema/database-roles.ts";

/** The schema of the queue on PostgreSQL. */
export interface QueueSchema {
  readonly exists: boolean;
  /** The processes have roles, so the queue belongs to the workers, and their first one creates it. */
  readonly isOfWorkers: boolean;
  /** This address has the role of the workers. */
  readonly isWorker: boolean;
}

const answerWithinMs = 15_000;

/** Reads whether the queue exists, and to whom it belongs, without creating it. Throws errors of the driver. */
export async function queueSchema(databaseUrl: string): Promise<QueueSchema> {
  const [row] = await rowsOf<QueueSchema>(
    databaseUrl,
    `select exists (select from pg_namespace where nspname = 'moisson_queue') as exists, current_user = $1 as "isWorker",
      exists (select from pg_roles where rolname = $1 and not rolsuper and has_database_privilege(oid, current_database(), 'create')) as "isOfWorkers"`,
    [roleOf("worker")],
  );
  return row as QueueSchema;
}

/** Returns the names of the queues of this database that have a connected worker: BullMQ names its connection after the queue. */
export async function queuesWithWorkers(databaseUrl: string): Promise<string[]> {
  const rows = await rowsOf<{ queue: string }>(
    databaseUrl,
    `select distinct queue from moisson_queue.meta join pg_stat_activity on application_name = queue
     where datname = current_database() order by queue`,
  );
  return rows.map(({ queue }) => queue);
}

async function rowsOf<Row extends pg.QueryResultRow>(databaseUrl: string, query: string, values: readonly string[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: postgresqlAddress(databaseUrl), connectionTimeoutMillis: answerWithinMs });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(query, [...values])).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
