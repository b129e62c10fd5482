import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { onTestFinished } from "vitest";

/** True if this machine can start a Redis. */
export const hasRedisServer = spawnSync("redis-server", ["--version"]).status === 0;

/** A Redis for one test. It can be stopped and started again, empty, on the same port. */
export interface OwnRedis {
  readonly port: number;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis on a free port with these options. It ends with the test. */
export async function ownRedis(...options: readonly string[]): Promise<OwnRedis> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  const redis: OwnRedis = {
    port,
    start: async () => {
      const started = spawn("redis-server", ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", tmpdir(), ...options], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      server = started;
      await new Promise<void>((ready) => started.stdout.on("data", (text) => String(text).includes("Ready to accept") && ready()));
    },
    stop: async () => {
      if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
      const gone = once(server, "exit");
      server.kill("SIGKILL");
      await gone;
    },
  };
  onTestFinished(() => redis.stop());
  await redis.start();
  return redis;
}

/** Returns a port without a listener. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}
