import { sql } from "drizzle-orm";
import { onTestFinished } from "vitest";
import { connectPostgresql } from "../../src/catalogue/connection/connect-postgresql.ts";
import { newSchema } from "./catalogues.ts";

/** Address of a new database on the server of `DATABASE_URL`, for commands that run as processes; it goes with the test. */
export async function ownDatabase(): Promise<string> {
  const name = newSchema();
  const server = await connectPostgresql({ url: process.env.DATABASE_URL ?? "", schema: "public" });
  await server.store.rows(sql`create database ${sql.identifier(name)}`);
  onTestFinished(async () => {
    await server.store.rows(sql`drop database if exists ${sql.identifier(name)} with (force)`);
    await server.close();
  });
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.pathname = `/${name}`;
  return url.href;
}
