import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { createWriteStream } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Stage } from "./stages.ts";

/** A `moisson worker` process. */
export interface WorkerProcess {
  readonly child: ChildProcess;
  /** Settles with the process when one of its runs reaches the stage; never settles if none does. */
  readonly atStage: Promise<number>;
  /** Connectors whose feeds it has requested, and the process of each run. */
  readonly asked: ReadonlyMap<string, number>;
  /** Settles at its end with the exit code or the signal. */
  readonly ended: Promise<number | string>;
  hasEnded(): boolean;
  /** Lets it continue from its stage, now or on arrival. */
  go(): void;
  /** Calls a function for each process that brings a run to the stage, also for the present ones. */
  onStage(listener: (pid: number) => void): void;
  /** Returns what it says on `/ready`, or null if it does not answer in time. */
  readiness(): Promise<Readiness | null>;
  /** Returns true if it says in time that it could claim a run. */
  isReady(): Promise<boolean>;
  /** Blocks its event loop, and settles when it answers again. */
  block(ms: number): Promise<void>;
  /** Sends a signal to it. */
  signal(name: NodeJS.Signals): void;
  /** Returns the end of its log. */
  lastWords(): string;
}

/** What a worker says on `/ready`. */
export interface Readiness {
  readonly isReady: boolean;
  readonly words: string;
}

/** Start options of a worker. `logFile`: file for its stderr. `program`: ours by default. */
export interface WorkerStart {
  readonly program?: string;
  readonly stage: Stage | "none";
  readonly environment: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  readonly logFile: string;
}

// Compiled if this file is: in a short night, a worker spends most of its time on loading TypeScript.
const extension = extname(import.meta.url);
const ourFile = (path: string) => new URL(`${path}${extension}`, import.meta.url);
const hooks = [...(extension === ".ts" ? ["tsx"] : []), ourFile("halt-at-stage").href].flatMap((hook) => ["--import", hook]);
const ourProgram = fileURLToPath(ourFile("../../src/cli/main"));

const readyWithinMs = 4000;

/** A message of a worker's process or of one of its child processes. */
interface Said {
  readonly pid: number;
  readonly at?: string;
  readonly asks?: string;
  readonly unblocked?: true;
}

/** Starts a worker that halts at a stage. */
export function startWorkerProcess({ stage, environment, args = [], logFile, program = ourProgram }: WorkerStart): WorkerProcess {
  const socket = join(tmpdir(), `moisson-fault-${randomBytes(6).toString("hex")}.sock`);
  const said = new EventEmitter<{ said: [Said] }>();
  const processes = new Set<Socket>();
  let isGone = false;
  const order = (what: object) => {
    for (const each of processes) each.write(`${JSON.stringify(what)}\n`);
  };
  const server = createServer((each) => {
    processes.add(each);
    const endMeanwhile = () => undefined;
    each.on("close", () => processes.delete(each)).on("error", endMeanwhile);
    createInterface({ input: each })
      .on("line", (line) => said.emit("said", JSON.parse(line) as Said))
      .on("error", endMeanwhile);
    if (isGone) order({ go: true });
  }).listen(socket);
  const child = spawn(process.execPath, [...hooks, program, "worker", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment, FAULT_STAGE: stage, FAULT_SOCKET: socket, FAULT_PARENT: String(process.pid) },
  });
  const log = createWriteStream(logFile, { flags: "a" });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      log.write(chunk);
      words = (words + chunk.toString()).slice(-20_000);
    });
  }
  const asked = new Map<string, number>();
  const arrived: number[] = [];
  const atStage = new Promise<number>((resolve) => {
    said.on("said", ({ at, asks, pid }) => {
      if (asks !== undefined) asked.set(asks, pid);
      if (at === undefined) return;
      arrived.push(pid);
      resolve(pid);
    });
  });
  const readiness = () =>
    fetch(`http://127.0.0.1:${environment.MOISSON_PORT}/ready`, { signal: AbortSignal.timeout(readyWithinMs) }).then(
      async (answer) => ({ isReady: answer.ok, words: await answer.text() }),
      () => null,
    );
  const ended = once(child, "close").then(([code, signal]) => {
    log.end();
    server.close();
    return (code ?? signal) as number | string;
  });
  return {
    child,
    atStage,
    asked,
    ended,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    go: () => {
      isGone = true;
      order({ go: true });
    },
    onStage: (listener) => {
      for (const pid of arrived) listener(pid);
      said.on("said", ({ at, pid }) => at !== undefined && listener(pid));
    },
    readiness,
    isReady: async () => (await readiness())?.isReady ?? false,
    block: async (ms) => {
      const over = new Promise<void>((resolve) => {
        said.on("said", ({ unblocked }) => unblocked && resolve());
      });
      order({ blockMs: ms });
      await Promise.race([over, ended]);
    },
    signal: (name) => void child.kill(name),
    lastWords: () => words,
  };
}
