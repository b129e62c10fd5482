import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { projectRoot } from "../support/loaded-connectors.ts";

/** Resources that a worker's process used from its start of work to its end. */
export interface WorkerUse {
  /** Sum of the peaks of the worker's process and of the processes of its runs. */
  readonly peakMb: number;
  /** Of the worker's process and of the processes of its runs. */
  readonly cpuSeconds: number;
  /** The longest delay of its event loop, in milliseconds. On a busy machine other processes add to it. */
  readonly longestDelayMs: number;
  /**
   * The longest busy time of its event loop by the CPU time of its thread, which excludes other processes; null if the system does not
   * report it.
   */
  readonly longestBusyMs: number | null;
}

/** Running worker processes. */
export interface BenchWorkers {
  /** Log lines at `warn` and above. */
  readonly complaints: readonly string[];
  /** Stops them as an operator would, and returns what each used. */
  stop(): Promise<WorkerUse[]>;
}

/**
 * Runs in the worker's process before our code, and does nothing in the processes of its runs. Their CPU time is known when they have ended,
 * and their peak memory while they live. SIGUSR2 resets the figures.
 */
const sayUse = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync, writeSync } from "node:fs";
  import { monitorEventLoopDelay } from "node:perf_hooks";
  const read = (file) => {
    try {
      return readFileSync("/proc/" + file, "utf8");
    } catch {
      return "";
    }
  };
  if (process.send === undefined) {
    const delays = monitorEventLoopDelay({ resolution: 5 });
    delays.enable();
    const threadMs = () => Number(read("self/task/" + process.pid + "/schedstat").split(" ")[0] || NaN) / 1e6;
    let [busy, last, before] = [0, threadMs(), process.cpuUsage()];
    setInterval(() => {
      const now = threadMs();
      busy = Math.max(busy, now - last);
      last = now;
    }, 5).unref();
    const childKb = new Map();
    setInterval(() => {
      for (const pid of read("self/task/" + process.pid + "/children").trim().split(" ")) {
        const kb = Number(/^VmHWM:\\s*(\\d+)/m.exec(read(pid + "/status"))?.[1] ?? 0);
        if (kb > 0) childKb.set(pid, kb);
      }
    }, 500).unref();
    process.on("SIGUSR2", () => {
      delays.reset();
      [busy, last, before] = [0, threadMs(), process.cpuUsage()];
    });
    process.on("exit", () => {
      const { user, system } = process.cpuUsage(before);
      // The 16th and 17th fields are the CPU time of children that have ended, in hundredths of a second.
      const stat = read("self/stat");
      const [childUser = 0, childSystem = 0] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(13, 15).map(Number);
      const kb = [...childKb.values()].reduce((sum, one) => sum + one, process.resourceUsage().maxRSS);
      const longestBusyMs = Number.isNaN(busy) ? null : Math.round(busy);
      const cpuSeconds = (user + system) / 1e6 + (childUser + childSystem) / 100;
      const said = { peakMb: Math.round(kb / 1024), cpuSeconds, longestDelayMs: Math.round(delays.max / 1e6), longestBusyMs };
      writeSync(2, "used " + JSON.stringify(said) + "\\n");
    });
  }`)}`;

/** Starts `moisson worker` of the built code `count` times, and waits until all are at work. `nodeArguments`: arguments for Node. */
export async function startWorkers(
  count: number,
  environment: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
  nodeArguments: readonly string[] = [],
): Promise<BenchWorkers> {
  const complaints: string[] = [];
  const started = Array.from({ length: count }, () => startWorker(environment, flags, nodeArguments, complaints));
  await Promise.all(started.map(({ working }) => working));
  for (const { child } of started) child.kill("SIGUSR2");
  return {
    complaints,
    stop: async () => {
      for (const { child } of started) child.kill("SIGTERM");
      return Promise.all(started.map(({ used }) => used));
    },
  };
}

function startWorker(environment: NodeJS.ProcessEnv, flags: readonly string[], nodeArguments: readonly string[], complaints: string[]) {
  const args = [...nodeArguments, "--import", sayUse, "dist/src/cli/main.js", "worker", ...flags];
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, MOISSON_LOG: "warn", ...environment },
  });
  let use: WorkerUse | undefined;
  let sayWorking: () => void = () => undefined;
  const began = new Promise<void>((resolve) => {
    sayWorking = resolve;
  });
  const note = (line: string) => {
    if (line.startsWith("working: ")) sayWorking();
    else if (line.startsWith("used ")) use = JSON.parse(line.slice("used ".length)) as WorkerUse;
    else complaints.push(line);
  };
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) createInterface({ input: stream }).on("line", note);
  const used = once(child, "close").then(() => {
    if (use === undefined) throw new Error(`a worker ended before it said what it used: ${complaints.slice(-3).join(" | ")}`);
    return use;
  });
  return { child, used, working: Promise.race([began, used]) };
}
