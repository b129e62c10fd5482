import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stage } from "./stages.ts";

/** A `moisson worker` process. */
export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Settles when one of its runs reaches the stage; never settles if none does. */
  readonly atStage: Promise<void>;
  /** Connectors whose feeds it has requested. */
  readonly asked: ReadonlySet<string>;
  /** Settles at its end with the exit code or the signal. */
  readonly ended: Promise<number | string>;
  hasEnded(): boolean;
  /** Lets it continue from its stage, now or on arrival. */
  go(): void;
  /** Blocks its event loop, and settles when it answers again. */
  block(ms: number): Promise<void>;
  /** Sends a signal to it. */
  signal(name: NodeJS.Signals): void;
  /** Returns the end of its log. */
  lastWords(): string;
}

/** Start options of a worker. `logFile`: file for its stderr. */
export interface WorkerStart {
  readonly stage: Stage | "none";
  readonly environment: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  readonly logFile: string;
}

// Compiled if this file is: in a short night, a worker spends most of its time on loading TypeScript.
const extension = extname(import.meta.url);
const script = fileURLToPath(new URL(`worker-at-stage${extension}`, import.meta.url));
const loader = extension === ".ts" ? ["--import", "tsx"] : [];

/** Starts a worker that halts at a stage. */
export function startWorkerProcess({ stage, environment, args = [], logFile }: WorkerStart): WorkerProcess {
  const child = spawn(process.execPath, [...loader, script, ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...environment, FAULT_STAGE: stage },
  });
  const log = createWriteStream(logFile, { flags: "a" });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      log.write(chunk);
      words = (words + chunk.toString()).slice(-20_000);
    });
  }
  const asked = new Set<string>();
  const atStage = new Promise<void>((resolve) => {
    child.on("message", (said: { at?: string; asks?: string }) => {
      if (said.at !== undefined) resolve();
      if (said.asks !== undefined) asked.add(said.asks);
    });
  });
  const ended = once(child, "close").then(([code, signal]) => {
    log.end();
    return (code ?? signal) as number | string;
  });
  const send = (order: object) => {
    if (child.connected) child.send(order, () => undefined); // it may end meanwhile
  };
  return {
    child,
    atStage,
    asked,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    go: () => send({ go: true }),
    block: async (ms) => {
      const over = new Promise<void>((resolve) => {
        child.on("message", (said: { unblocked?: true }) => said.unblocked && resolve());
      });
      send({ blockMs: ms });
      await Promise.race([over, ended]);
    },
    signal: (name) => void child.kill(name),
    lastWords: () => words,
  };
}
