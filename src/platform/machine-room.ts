import { open, readFile, rm, statfs } from "node:fs/promises";
import { join } from "node:path";

const megabyte = 1024 * 1024;

/** Returns true if a folder's disk has room for a number of bytes and for some files. */
export async function hasRoom(folder: string, bytes: number): Promise<boolean> {
  const { bavail, bsize, files, ffree } = await statfs(folder);
  // Some file systems count no inodes.
  return bavail * bsize >= bytes && (files === 0 || ffree >= minInodes);
}

const minInodes = 100;

/** Writes a file of 16 MB into a folder and removes it. Throws the system's error, such as ENOSPC. */
export async function tryToWrite(folder: string): Promise<void> {
  const path = join(folder, `moisson-probe-${process.pid}`);
  try {
    const file = await open(path, "w");
    try {
      for (let written = 0; written < 16; written++) await file.writeFile(Buffer.alloc(megabyte, written + 1));
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true });
  }
}

/** Where Linux says how much memory is left. Tests give other files. */
export interface MemoryFiles {
  /** Path of the process's cgroup (version 2), as in `/proc/self/cgroup`. */
  readonly ownCgroup: string;
  readonly cgroups: string;
  readonly machine: string;
}

const linux: MemoryFiles = { ownCgroup: "/proc/self/cgroup", cgroups: "/sys/fs/cgroup", machine: "/proc/meminfo" };

/**
 * Returns the bytes of memory that this process can still get: of the machine, or of its cgroup (container, systemd's MemoryMax) if that is
 * less. Null if the system does not say.
 */
export async function memoryLeft(files: MemoryFiles = linux): Promise<number | null> {
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(await contents(files.machine))?.[1];
  const ofMachine = available === undefined ? [] : [Number(available) * 1024];
  const path = /^0::(.*)$/m.exec(await contents(files.ownCgroup))?.[1];
  const ofCgroup = path === undefined ? null : await leftInCgroup(join(files.cgroups, path));
  const left = [...ofMachine, ...(ofCgroup === null ? [] : [ofCgroup])];
  return left.length === 0 ? null : Math.min(...left);
}

async function leftInCgroup(folder: string): Promise<number | null> {
  const max = await contents(join(folder, "memory.max"));
  const current = await contents(join(folder, "memory.current"));
  if (!/^\d/.test(max) || !/^\d/.test(current)) return null;
  // The kernel gives this part of the page cache back before it kills a process.
  const inactive = /^inactive_file (\d+)$/m.exec(await contents(join(folder, "memory.stat")))?.[1] ?? "0";
  return Number(max) - Number(current) + Number(inactive);
}

/** Returns the contents of a file, or "" if it does not exist. */
async function contents(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
