import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "./free-port.ts";

/** A Redis server for these tests. It saves to disk every second. */
export interface OwnRedis {
  readonly url: string;
  /** Sends one command. */
  ask(...command: [string, ...string[]]): Promise<unknown>;
  /** Sends SIGKILL. */
  kill(): Promise<void>;
  /** Starts it from its files unless it is running. Settles when it answers. */
  ensureUp(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis server on a free port with its files in a folder. */
export async function startOwnRedis(folder: string): Promise<OwnRedis> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes"];
  let server: ChildProcess;
  const start = async () => {
    server = spawn("redis-server", options, { stdio: "ignore" });
    while (
      await ask("PING").then(
        () => false,
        () => true,
      )
    )
      await delay(50);
  };
  const ask = async (...[command, ...args]: [string, ...string[]]) => {
    const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
    redis.on("error", () => undefined); // commands report errors themselves
    try {
      await redis.connect();
      return await redis.call(command, ...args);
    } finally {
      redis.disconnect();
    }
  };
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill(signal);
    await gone;
  };
  await start();
  return {
    url,
    ask,
    kill: () => end("SIGKILL"),
    ensureUp: async () => {
      if (server.exitCode !== null || server.signalCode !== null) await start();
    },
    stop: () => end("SIGKILL"),
  };
}
