import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { projectRoot } from "../support/loaded-connectors.ts";
import { openBenchDatabase } from "./bench-database.ts";
import { forgetQueue } from "./queue-bytes.ts";

/** Where the runs of a bench wait. `none`: no queue is asked. */
export type BenchQueue = "redis" | "postgresql" | "none";

/** A catalogue and a queue of their own, on servers. */
export interface BenchPlace {
  /** What processes need to find them. */
  readonly environment: NodeJS.ProcessEnv;
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  /** Of the queue. */
  readonly name: string;
  /** A command of the built code, to its end. */
  moisson(...args: readonly string[]): Promise<void>;
}

const execute = promisify(execFile);

/** Makes a place, gives it to `work`, and leaves nothing of it. `folder`: for `MOISSON_CONNECTORS`; `hosts`: for `MOISSON_ALLOW_HOSTS`. */
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
    // Noon never passes: the connectors of the house, which ask real publishers, are never due.
    MOISSON_NOW: "2026-11-25T11:00:00Z",
  };
  const moisson = async (...args: readonly string[]) => {
    const options = { cwd: projectRoot, env: { ...process.env, ...environment }, maxBuffer: 1024 ** 3 };
    await execute(process.execPath, ["dist/src/cli/main.js", ...args], options);
  };
  try {
    // Makes the catalogue, and takes note of schedules that are new.
    await moisson("worker", "--once");
    await work({ environment, databaseUrl: database.url, redisUrl, name, moisson });
  } finally {
    if (redisUrl !== null) await forgetQueue(redisUrl, name);
    await database.close();
  }
}
