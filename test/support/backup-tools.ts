import { execFile } from "node:child_process";
import { promisify } from "node:util";
import pg from "pg";
import { postgresqlAddress } from "../../src/platform/postgresql-client.ts";
import { postgresql } from "./catalogues.ts";

const execute = promisify(execFile);

/** Returns true if this machine has a pg_dump that is not older than the server. */
export async function canDump(): Promise<boolean> {
  if (postgresql.skipped) return false;
  const ours = await execute("pg_dump", ["--version"]).catch(() => null);
  const client = new pg.Client({ connectionString: postgresqlAddress(process.env.DATABASE_URL ?? "") });
  await client.connect();
  const { rows } = await client.query("select current_setting('server_version_num')::int / 10000 as major").finally(() => client.end());
  return Number(/\d+/.exec(ours?.stdout ?? "0")?.[0]) >= rows[0].major;
}
