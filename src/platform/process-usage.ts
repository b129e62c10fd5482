import { readFileSync } from "node:fs";

/** Memory and CPU time of a process, all threads together. */
export interface ProcessUsage {
  /** Bytes. */
  readonly rss: number;
  readonly cpuSeconds: number;
}

/** Returns the usage of this process. */
export function ownUsage(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  return { rss: process.memoryUsage.rss(), cpuSeconds: (user + system) / 1e6 };
}

/** Linux reports CPU time in this unit on all machines that Node runs on. */
const ticksPerSecond = 100;

/** Returns the usage of another process, or null if it has ended or the system has no `/proc`. */
export function usageOf(pid: number): ProcessUsage | null {
  try {
    // The name of the program, in brackets, may contain blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /s, "")
      .split(" ");
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    // A process that is ending has no memory.
    if (resident === undefined) return null;
    return { rss: Number(resident) * 1024, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond };
  } catch {
    return null;
  }
}
