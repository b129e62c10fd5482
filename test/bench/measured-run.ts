import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RunReport } from "../../src/model/run/run-report.ts";
import { projectRoot } from "../support/loaded-connectors.ts";
import { watchDatabaseCpu } from "./database-cpu.ts";

/** A run with its exact use of memory and CPU. */
export interface MeasuredRun {
  readonly report: RunReport;
  /** Duration of the run, without the start of the process. */
  readonly seconds: number;
  /** Sum of the peaks of the process and its child processes. */
  readonly peakMb: number;
  /** CPU time of the process, its threads and child processes, with their start. */
  readonly nodeSeconds: number;
  /** CPU time of the database's backends; null on the embedded catalogue, or if they are not visible. */
  readonly databaseSeconds: number | null;
}

/** Where and what to run. */
export interface RunAsked {
  readonly connector: string;
  readonly file: string;
  /** Folder with the bench's connectors. */
  readonly connectors: string;
  /** Address of the database, or the folder of an embedded catalogue. */
  readonly catalogue: { readonly url: string } | { readonly home: string };
}

const execute = promisify(execFile);

/**
 * Runs in every process of the run before our code, and reports at its end. `VmHWM` is the kernel's exact peak. `maxRSS` is used where
 * there is no `/proc`: it is never below the peak of the parent at the start of the process, which the kernel passes on.
 */
const reportUse = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeFileSync } from "node:fs";
  import { isMainThread } from "node:worker_threads";
  const folder = process.env.MOISSON_BENCH_USE;
  if (isMainThread && folder) {
    const file = folder + "/" + process.pid;
    writeFileSync(file, "");
    process.on("exit", () => {
      const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
      let peakKb = maxRSS;
      try {
        peakKb = Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
      } catch {}
      writeFileSync(file, JSON.stringify({ peakKb, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }));
    });
  }`)}`;

/** Output of a command, and what its processes used. */
interface Measured {
  readonly stdout: string;
  readonly peakMb: number;
  readonly nodeSeconds: number;
}

/** Runs a command of the built code. Throws if it fails, or if one of its processes was killed, because its use is then unknown. */
export async function moisson(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "moisson-bench-use-"));
  const options = `${process.env.NODE_OPTIONS ?? ""} --import=${reportUse}`;
  const env = { ...process.env, REDIS_URL: "", ...environment, MOISSON_BENCH_USE: folder, NODE_OPTIONS: options };
  try {
    const all = ["dist/src/cli/main.js", ...args];
    const { stdout } = await execute(process.execPath, all, { cwd: projectRoot, env, maxBuffer: 1024 ** 3 });
    let [peakKb, nodeSeconds] = [0, 0];
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), "utf8");
      if (text === "") throw new Error(`a process of "moisson ${args.join(" ")}" was killed before it reported its use`);
      const use = JSON.parse(text) as { peakKb: number; cpuSeconds: number };
      peakKb += use.peakKb;
      nodeSeconds += use.cpuSeconds;
    }
    return { stdout, peakMb: Math.round(peakKb / 1024), nodeSeconds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a connector on a file in a process of its own. Throws if the run fails. */
export async function runMeasured({ connector, file, connectors, catalogue }: RunAsked): Promise<MeasuredRun> {
  const cpu = "home" in catalogue ? null : await watchDatabaseCpu(catalogue.url);
  const environment = { ...environmentOf(catalogue), MOISSON_CONNECTORS: connectors };
  const [ran] = await Promise.allSettled([moisson(["run", connector, "--file", file, "--json"], environment)]);
  const databaseSeconds = (await cpu?.stop()) ?? null;
  if (ran.status === "rejected") throw ran.reason;
  const { stdout, ...use } = ran.value;
  const report = JSON.parse(stdout) as RunReport;
  return { report, seconds: report.durationMs / 1000, ...use, databaseSeconds };
}

/** Creates the tables of a catalogue, so that no run includes the migrations. */
export async function createCatalogue(catalogue: RunAsked["catalogue"]): Promise<void> {
  await moisson(["db", "migrate"], environmentOf(catalogue));
}

function environmentOf(catalogue: RunAsked["catalogue"]): NodeJS.ProcessEnv {
  return "home" in catalogue ? { DATABASE_URL: "", MOISSON_HOME: catalogue.home } : { DATABASE_URL: catalogue.url };
}
