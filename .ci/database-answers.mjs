import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL, { max: 1, connect_timeout: 5, onnotice: () => undefined });
try {
  await sql`select 1`;
} catch {
  process.exitCode = 1;
} finally {
  await sql.end({ timeout: 1 });
}
