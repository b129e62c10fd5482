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
  const client = new pg.Client({ connectionString: postgresqlAddress(databaseUrl), connectionTimeoutMillis: answerWithinMs });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<QueueSchema>(
      `select exists (select from pg_namespace where nspname = 'moisson_queue') as exists, current_user = $1 as "isWorker",
        exists (select from pg_roles where rolname = $1 and not rolsuper and has_database_privilege(oid, current_database(), 'create')) as "isOfWorkers"`,
      [roleOf("worker")],
    );
    return rows[0] as QueueSchema;
  } finally {
    await client.end().catch(() => undefined);
  }
}
