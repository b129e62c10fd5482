import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { projectRoot } from "../support/loaded-connectors.ts";
import { openBenchDatabase } from "./bench-database.ts";
import { forgetQueue } from "./queue-bytes.ts";

/** Queue of a bench. `none`: runs are not queued. */
export type BenchQueue = "redis" | "postgresql" | "none";

/** A catalogue and a queue on servers, for one bench. */
export interface BenchPlace {
  /** Environment variables with their addresses. */
  readonly environment: NodeJS.ProcessEnv;
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** Name of the queue. */
  readonly name: string;
  /** Runs a command of the built code. */
  moisson(...args: readonly string[]): Promise<void>;
}

const execute = promisify(execFile);

/** Creates a place for `work` and removes it afterwards. `folder`: for `MOISSON_CONNECTORS`; `hosts`: for `MOISSON_ALLOW_HOSTS`. */
export async function withPlace(
  queue: BenchQueue,
  { folder, hosts }: { readonly folder: string; readonly hosts: readonly string[] },
  work: (place: BenchPlace) => Promise<void>,
): Promise<void> {
  const database = await openBenchDatabase();
  const name = `bench-${randomBytes(4).toString("hex")}`;
  const redisUrl = queue === "redis" ? (process.env.REDIS_URL ?? "redis://127.0.0.1:6379") : null;
  const environment = {
    DATABASE_URL: database.url,
    REDIS_URL: redisUrl ?? "",
    MOISSON_QUEUE: name,
    MOISSON_CONNECTORS: folder,
    MOISSON_ALLOW_HOSTS: hosts.join(","),
    MOISSON_LINK_CHECKS: "no",
    // The clock stays before noon, so our own connectors, which ask real publishers, are never due.
    MOISSON_NOW: "2026-11-25T11:00:00Z",
  };
  const moisson = async (...args: readonly string[]) => {
    const options = { cwd: projectRoot, env: { ...process.env, ...environment }, maxBuffer: 1024 ** 3 };
    await execute(process.execPath, ["dist/src/cli/main.js", ...args], options);
  };
  try {
    // Creates the catalogue and registers new schedules.
    await moisson("worker", "--once");
    await work({ environment, databaseUrl: database.url, redisUrl, name, moisson });
  } finally {
    if (redisUrl !== null) await forgetQueue(redisUrl, name);
    await database.close();
  }
}
