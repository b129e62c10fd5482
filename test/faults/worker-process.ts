import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Stage } from "./stages.ts";

/** A `moisson worker` of its own process. */
export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Settles when a run of it is at the stage it halts at; never where none comes there. */
  readonly atStage: Promise<void>;
  /** Connectors whose feeds it has asked for. */
  readonly asked: ReadonlySet<string>;
  /** Settles when it has ended, with its exit code or the signal. */
  readonly ended: Promise<number | string>;
  hasEnded(): boolean;
  /** Lets it go on from its stage, now or when it comes there. */
  go(): void;
  /** Keeps its event loop busy, and settles when it answers again. */
  block(ms: number): Promise<void>;
  /** Sends a signal to it. */
  signal(name: NodeJS.Signals): void;
  /** The end of what it logged. */
  lastWords(): string;
}

/** How a worker is started. `logFile`: where its standard error goes. */
export interface WorkerStart {
  readonly stage: Stage | "none";
  readonly environment: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  readonly logFile: string;
}

// Compiled, as this file is: reading TypeScript is most of what a worker does in a short night.
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
    if (child.connected) child.send(order, () => undefined); // it may die meanwhile
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
