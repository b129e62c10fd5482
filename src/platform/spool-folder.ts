import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ours = /^moisson-spool-(\d+)-/;

/** Makes a folder for the downloads of one run. Folders that killed processes left behind go first: each may hold a whole feed. */
export async function makeSpoolFolder(): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(ours.exec(name)?.[1]);
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
  return mkdtemp(join(tmpdir(), `moisson-spool-${process.pid}-`));
}

/** True also for a process of somebody else's, which we may not signal. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
